"""Which servers a process gets, when they start, and who stops them."""

import psycopg
import pytest
import redis

from gsp.launch import postgres, roles, servers, valkey
from gsp.launch.folder import DataFolder
from gsp.launch.refusal import Refusal


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A fresh data folder, and an environment that names no server."""
    for name in (*servers.GIVEN_BY, *servers.KEYS):
        monkeypatch.delenv(name, raising=False)
    return DataFolder(tmp_path / "data")


def running(folder):
    secrets = folder.secrets()
    return (
        postgres.running_url(folder.postgres, password=secrets["POSTGRES_PASSWORD"]) is not None,
        valkey.running_url(folder.valkey, password=secrets["VALKEY_PASSWORD"]) is not None,
    )


def test_data_survives_a_stop(folder):
    with servers.using(folder, careless=True) as environment:
        with psycopg.connect(environment["DATABASE_OWNER_URL"]) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        with redis.Redis.from_url(environment["REDIS_URL"]) as client:
            client.set("kept", "42")
    assert running(folder) == (False, False)
    with servers.using(folder, careless=True) as environment:
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT answer, current_user FROM kept").fetchone() == (
                42,
                "gsp_app",
            )
        with redis.Redis.from_url(environment["REDIS_URL"]) as client:
            assert client.get("kept") == b"42"


def test_the_last_process_to_leave_stops_the_servers(folder):
    neighbour = DataFolder(folder.path)
    first = servers.join(folder, careless=True)
    second = servers.join(neighbour, careless=True)
    assert second == first
    servers.leave(folder)
    assert running(folder) == (True, True)
    servers.leave(neighbour)
    assert running(folder) == (False, False)


def test_the_broker_asks_for_its_password(folder):
    with servers.using(folder, careless=True) as environment:
        host_and_port = environment["REDIS_URL"].rpartition("@")[2]
        with (
            redis.Redis.from_url(f"redis://{host_and_port}") as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()


def test_given_servers_are_used_and_none_is_started(folder, admin_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", admin_url)
    monkeypatch.setenv("REDIS_URL", "redis://broker.example:6379/3")
    with servers.using(folder) as environment:
        assert environment["REDIS_URL"] == "redis://broker.example:6379/3"
        assert roles.role_of(environment["DATABASE_URL"]) == "gsp_app"
        assert roles.role_of(environment["DATABASE_OWNER_URL"]) == "gsp_owner"
        assert environment["DATABASE_URL"].endswith("/gsp")
        monkeypatch.delenv("DATABASE_URL")
        monkeypatch.delenv("REDIS_URL")
        with servers.using(DataFolder(folder.path)) as neighbours:
            assert neighbours == environment
    assert not folder.postgres.exists()
    assert not folder.valkey.exists()


def test_each_server_is_given_or_embedded_by_itself(folder, admin_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", admin_url)
    with servers.using(folder) as environment:
        assert environment["REDIS_URL"].rpartition("@")[2].startswith("127.0.0.1:")
        assert running(folder) == (False, True)
    assert not folder.postgres.exists()


def test_a_plain_login_needs_the_owner_too(admin_url):
    owner, app = roles.prepare(admin_url, "plain")
    with pytest.raises(Refusal) as refusal:
        servers.given_database({"DATABASE_URL": app})
    assert str(refusal.value) == (
        "DATABASE_URL logs in as gsp_app, which may not make roles: "
        "give DATABASE_OWNER_URL too, the login that owns the tables."
    )
    given = {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner}
    assert servers.given_database(given) == (owner, app)


def test_a_database_named_by_the_address_is_used(admin_url):
    named = admin_url.rpartition("/")[0] + "/named"
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE named")
    owner, app = servers.given_database({"DATABASE_URL": named})
    assert owner.endswith("/named")
    assert app.endswith("/named")


def test_a_database_that_is_not_there_yet_is_made(admin_url):
    unmade = admin_url.rpartition("/")[0] + "/unmade"
    owner, _app = servers.given_database({"DATABASE_URL": unmade})
    with psycopg.connect(owner) as connection:
        made = connection.execute("SELECT current_database(), current_user").fetchone()
    assert made == ("unmade", "gsp_owner")


def test_a_refusal_leaves_nothing_running(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/gsp")
    with pytest.raises(Refusal, match="The database cannot be reached as nobody"):
        servers.join(folder)
    assert folder.in_use() is False
