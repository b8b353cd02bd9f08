"""A PostgreSQL server of these tests' own: they make and change roles."""

import pytest

from gsp.launch import postgres

PASSWORD = "the-admin's password, with / and @"


@pytest.fixture(scope="module")
def admin_url(tmp_path_factory):
    """The administrator's URL of a fresh server."""
    home = tmp_path_factory.mktemp("server") / "postgres"
    yield postgres.start(home, password=PASSWORD, careless=True)
    postgres.stop(home, password=PASSWORD)
