"""What each role of the database may do, asked of a real server."""

import psycopg
import pytest

from gsp.launch import roles
from gsp.launch.refusal import Refusal


@pytest.fixture(scope="module")
def urls(admin_url):
    """The URLs of owner and application; the owner has made one table with one row."""
    owner, app = roles.prepare(admin_url, "gsp")
    run(owner, "CREATE TABLE thing (id bigserial PRIMARY KEY, name text)")
    run(owner, "INSERT INTO thing (name) VALUES ('first')")
    return owner, app


def run(url, statement, *values):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def attributes(admin_url):
    columns = "rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
    query = f"SELECT {columns}, rolreplication, rolinherit FROM pg_roles WHERE rolname LIKE %s"
    return sorted(run(admin_url, query, "gsp%"))


def test_roles_have_exactly_these_attributes(admin_url, urls):
    #   name         login  super  bypass role   createdb replication inherit
    assert attributes(admin_url) == [
        ("gsp_app", True, False, False, False, False, False, True),
        ("gsp_backup", True, False, True, False, False, False, True),
        ("gsp_owner", True, False, False, False, True, False, True),
    ]


def test_no_role_is_member_of_another(admin_url, urls):
    query = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
    assert run(admin_url, f"{query} WHERE r.rolname LIKE 'gsp%'") == [(0,)]


def test_prepare_twice_changes_nothing(admin_url, urls):
    before = attributes(admin_url)
    assert roles.prepare(admin_url, "gsp") == urls
    assert attributes(admin_url) == before
    assert run(urls[1], "SELECT name FROM thing ORDER BY id LIMIT 1") == [("first",)]


def test_prepare_takes_back_what_was_added_to_the_app_role(admin_url, urls):
    run(admin_url, "ALTER ROLE gsp_app BYPASSRLS CREATEROLE")
    roles.prepare(admin_url, "gsp")
    assert attributes(admin_url)[0] == (
        "gsp_app", True, False, False, False, False, False, True,
    )  # fmt: skip


def test_database_belongs_to_the_owner(admin_url, urls):
    query = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'gsp'"
    assert run(admin_url, query) == [("gsp_owner",)]


def test_app_reads_and_writes_rows_of_tables_made_later(urls):
    owner, app = urls
    run(owner, "CREATE TABLE later (id bigserial PRIMARY KEY)")
    assert run(app, "INSERT INTO later DEFAULT VALUES RETURNING id") == [(1,)]
    assert run(app, "UPDATE later SET id = 5") == 1
    assert run(app, "SELECT id FROM later") == [(5,)]
    assert run(app, "DELETE FROM later") == 1
    assert run(app, "CREATE TEMP TABLE mine AS SELECT 1 AS one") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE thing",
        "CREATE TABLE public.own (id int)",
        "CREATE SCHEMA own",
        "ALTER TABLE thing ENABLE ROW LEVEL SECURITY",
        "DROP TABLE thing",
        "SET ROLE gsp_owner",
        "SET ROLE gsp_backup",
        "ALTER ROLE gsp_app BYPASSRLS",
        "CREATE DATABASE own",
        "CREATE INDEX own ON thing (name)",
    ],
)
def test_app_may_not(urls, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(urls[1], statement)


def test_app_sees_nothing_behind_a_row_policy_that_backup_reads_whole(admin_url, urls):
    owner, app = urls
    run(owner, "CREATE TABLE walled (id int)")
    run(owner, "INSERT INTO walled VALUES (1), (2)")
    run(owner, "ALTER TABLE walled ENABLE ROW LEVEL SECURITY")
    password = roles._password(admin_url, roles.BACKUP, {})
    backup = roles.with_login(admin_url, roles.BACKUP, password, "gsp")
    assert run(app, "SELECT count(*) FROM walled") == [(0,)]
    assert run(backup, "SELECT count(*) FROM walled") == [(2,)]


@pytest.mark.parametrize("prelude", ["", "SET default_transaction_read_only = off;"])
def test_backup_writes_nothing(admin_url, urls, prelude):
    password = roles._password(admin_url, roles.BACKUP, {})
    backup = roles.with_login(admin_url, roles.BACKUP, password, "gsp")
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
    with pytest.raises(refused):
        run(backup, f"{prelude} DELETE FROM thing")


def test_a_stranger_may_not_enter_the_database(admin_url, urls):
    run(admin_url, "CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        run(roles.with_login(admin_url, "stranger", "stranger", "gsp"), "SELECT 1")


def test_a_wrong_password_is_refused(urls):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        run(roles.with_login(urls[1], roles.APP, "guess", "gsp"), "SELECT 1")


def test_a_role_that_may_make_roles_is_enough(admin_url):
    for role in (roles.APP, roles.OWNER, roles.BACKUP):
        run(admin_url, f"ALTER ROLE {role} RENAME TO old_{role}")
    run(admin_url, "CREATE ROLE chief LOGIN CREATEROLE CREATEDB PASSWORD 'chief'")
    chief = roles.with_login(admin_url, "chief", "chief", "postgres")
    assert roles.may_make_roles(chief) is True
    owner, app = roles.prepare(chief, "second")
    assert (owner, app) == roles.prepare(chief, "second")
    run(owner, "CREATE TABLE thing (id int)")
    assert run(app, "INSERT INTO thing VALUES (1)") == 1
    assert [row[:4] for row in attributes(admin_url)] == [
        ("gsp_app", True, False, False),
        ("gsp_owner", True, False, False),
    ]


def test_given_passwords_are_used(admin_url):
    given = {roles.OWNER: "one", roles.APP: "two words", roles.BACKUP: "three"}
    _, app = roles.prepare(admin_url, "third", passwords=given)
    assert "gsp_app:two%20words@" in app
    assert run(app, "SELECT current_user") == [("gsp_app",)]


def test_admin_without_password_needs_given_ones():
    with pytest.raises(Refusal, match="without a password: set GSP_OWNER_PASSWORD"):
        roles.prepare("postgresql://postgres@127.0.0.1/postgres", "gsp")


def test_an_unreachable_server_is_one_sentence():
    url = "postgresql://postgres:secret@127.0.0.1:1/gsp"
    with pytest.raises(Refusal) as refusal:
        roles.may_make_roles(url)
    assert str(refusal.value).startswith("The database cannot be reached as postgres: ")
    assert "secret" not in str(refusal.value)


def test_versions_before_15_are_refused():
    roles.require_version(150000)
    with pytest.raises(Refusal) as refusal:
        roles.require_version(140012)
    assert str(refusal.value) == "The server runs PostgreSQL 14; the platform needs 15 or newer."


def test_login_is_replaced_and_the_rest_kept():
    url = "postgresql://admin:pw@db.example:5433/postgres?sslmode=require"
    assert (
        roles.with_login(url, "gsp_app", "p@ss/word", "gsp")
        == "postgresql://gsp_app:p%40ss%2Fword@db.example:5433/gsp?sslmode=require"
    )
    assert roles.role_of(url) == "admin"
