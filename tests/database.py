"""A database of one process: migrated as the owner, used as ``gsp_app``, then dropped."""

import os
import time
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import environ
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from gsp.launch import roles

PATIENCE = 20  # seconds


@contextmanager
def fresh_database(name: str, *, may_truncate: bool = False):
    """Yield the owner's URL; Django's connection is logged in as the application.

    ``may_truncate`` lets the application empty tables, as Django's transactional tests need.
    """
    owner = _with_database(os.environ["DATABASE_OWNER_URL"], name)
    app = _with_database(os.environ["DATABASE_URL"], name)
    _as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _as_owner("CREATE DATABASE {}", name)
    try:
        roles.open_database(owner, app=roles.role_of(app))
        _log_in(owner)
        call_command("migrate", verbosity=0)
        if may_truncate:
            with connections["default"].cursor() as cursor:
                cursor.execute(
                    f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {roles.role_of(app)}"
                )
        _log_in(app)
        yield owner
    finally:
        connections["default"].close()
        _drop(name)


@contextmanager
def as_owner():
    """Let Django's connection own the tables for a while; only what is committed stays."""
    name = settings.DATABASES["default"]["NAME"]
    app = _with_database(os.environ["DATABASE_URL"], name)
    _log_in(_with_database(os.environ["DATABASE_OWNER_URL"], name))
    try:
        yield
    finally:
        _log_in(app)


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _log_in(url: str) -> None:
    connections["default"].close()
    parsed = environ.Env.db_url_config(url)
    for target in (connections["default"].settings_dict, settings.DATABASES["default"]):
        target.update({name: parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})


def _drop(name: str) -> None:
    """Drop a database; PostgreSQL's own cleaning, which none but it may stop, soon ends."""
    for _attempt in range(PATIENCE):
        try:
            return _as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(1)
    return _as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _as_owner(statement: str, name: str) -> None:
    owner = _with_database(os.environ["DATABASE_OWNER_URL"], "postgres")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
