"""Real PostgreSQL and Valkey for the tests, used as the role that production uses."""

import os
import secrets

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import build_cast
from tests.database import fresh_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A migrated database with the starter catalogue; the tests are logged in as ``gsp_app``."""
    with django_db_blocker.unblock(), fresh_database(f"test_gsp_{os.getpid()}", may_truncate=True):
        call_command("load_starter_catalogue", verbosity=0)
        yield


@pytest.fixture
def client():
    """A browser of Django's with an address of its own: limits count nobody else's requests."""
    return Client(REMOTE_ADDR=f"fd00::{secrets.token_hex(2)}:{secrets.token_hex(2)}")


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
