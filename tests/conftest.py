"""Real PostgreSQL and Valkey for the tests, used as the role that production uses."""

import os
from urllib.parse import urlsplit, urlunsplit

import environ
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from gsp.launch import roles
from tests.cast import build_cast

DATABASE = f"test_gsp_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A migrated database; from here on the tests are logged in as ``gsp_app``."""
    owner = _with_database(os.environ["DATABASE_OWNER_URL"])
    app = _with_database(os.environ["DATABASE_URL"])
    _as_owner("CREATE DATABASE {}")
    try:
        roles.open_database(owner, app=roles.role_of(app))
        with django_db_blocker.unblock():
            _log_in(owner)
            call_command("migrate", verbosity=0)
            with connections["default"].cursor() as cursor:
                cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {roles.APP}")
            _log_in(app)
            _load_catalogue()
            yield
            connections["default"].close()
    finally:
        _as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _with_database(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))


def _log_in(url: str) -> None:
    connections["default"].close()
    parsed = environ.Env.db_url_config(url)
    for target in (connections["default"].settings_dict, settings.DATABASES["default"]):
        target.update({name: parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})


def _as_owner(statement: str) -> None:
    owner = urlunsplit(urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path="/postgres"))
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(DATABASE)))


@pytest.fixture
def cast(db):
    """The same few persons everywhere; see ``tests/cast.py``."""
    return build_cast()


@pytest.fixture
def count_queries(db):
    """Return a function that runs something and returns how many queries it cost."""

    def count(run) -> int:
        with CaptureQueriesContext(connection) as captured:
            run()
        return len(captured)

    return count


def _load_catalogue():
    from catalogue.models import Country, Language, Occupation

    Country.objects.bulk_create(
        [
            Country(alpha2="DE", alpha3="DEU", name="Germany"),
            Country(alpha2="XK", alpha3="XKX", name="Kosovo"),
        ]
    )
    Language.objects.create(code="en", alpha3="eng", name="English")
    Language.objects.create(code="de", alpha3="deu", name="German")
    o = None
    for c in ("7", "71", "711", "7112"):
        o = Occupation(
            uri=f"http://data.europa.eu/esco/isco/C{c}",
            isco_code=c,
            code=c,
            level=len(c),
            title=f"Group {c}",
            parent=o,
        )
        if len(c) == 4:
            o.id = 4000
            o.unit_group_id = 4000
        o.save()
