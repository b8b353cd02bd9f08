"""The database's roles: who owns the tables, who works in them, who backs them up.

Roles belong to the whole server, rights to one database. ``prepare`` may be repeated.
"""

import hashlib
import hmac
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from gsp.launch.refusal import Refusal

OWNER, APP, BACKUP = "gsp_owner", "gsp_app", "gsp_backup"
OLDEST = 150000  # PostgreSQL 15, as server_version_num counts
ONE_AT_A_TIME = 7_301_642_118  # any number nobody else locks
ATTRIBUTES = {
    OWNER: "LOGIN CREATEDB NOCREATEROLE",
    APP: "LOGIN NOCREATEDB NOCREATEROLE",
    BACKUP: "LOGIN NOCREATEDB NOCREATEROLE",
}
# Only a superuser may word these, even to say no; CREATEROLE cannot grant them by accident.
GUARDED = {
    OWNER: "NOSUPERUSER NOREPLICATION NOBYPASSRLS",
    APP: "NOSUPERUSER NOREPLICATION NOBYPASSRLS",
    BACKUP: "NOSUPERUSER NOREPLICATION BYPASSRLS",
}


def prepare(
    admin_url: str, database: str, *, passwords: dict[str, str] | None = None
) -> tuple[str, str]:
    """Make the roles and the database, give each role its rights.

    ``admin_url`` logs in as a superuser or a role with CREATEROLE and CREATEDB. ``passwords``
    maps role to password; a missing one is derived from the admin's own, so that every
    checkout that knows the admin agrees on it. Returns the URLs of owner and application.
    Raises Refusal where the server is older than PostgreSQL 15 or the admin has no password
    to derive from.
    """
    passwords = {role: _password(admin_url, role, passwords or {}) for role in ATTRIBUTES}
    with _connect(admin_url, database="postgres") as connection:
        require_version(connection.info.server_version)
        # Roles belong to the server: two launchers at once would trip over each other.
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        is_superuser = _is_superuser(connection)
        for role in (OWNER, APP):
            _make_role(connection, role, passwords[role], is_superuser)
        if is_superuser:
            _make_role(connection, BACKUP, passwords[BACKUP], is_superuser)
        else:
            # To hand a database to the owner one must be able to become it.
            _run(connection, "GRANT {} TO CURRENT_USER", OWNER)
        _make_database(connection, database)
        owner_url = with_login(admin_url, OWNER, passwords[OWNER], database)
        open_database(owner_url)
    return owner_url, with_login(admin_url, APP, passwords[APP], database)


def open_database(owner_url: str, *, app: str = APP) -> None:
    """Give ``app`` rows, sequences and temporary tables in the owner's database, no more.

    Holds for every table the owner will create there. The tests call it for their own
    database, which Django makes as the owner.
    """
    with _connect(owner_url) as connection:
        database = connection.info.dbname
        readers = _existing(connection, [app, BACKUP])
        _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
        _run(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        _run(connection, "GRANT TEMPORARY ON DATABASE {} TO {}", database, app)
        for role in readers:
            _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, role)
            _run(connection, "GRANT USAGE ON SCHEMA public TO {}", role)
            _grant_future(connection, "SELECT ON TABLES", role)
            _grant_future(connection, "SELECT ON SEQUENCES", role)
        _grant_future(connection, "INSERT, UPDATE, DELETE ON TABLES", app)
        _grant_future(connection, "USAGE ON SEQUENCES", app)


def may_make_roles(url: str) -> bool:
    """Return True if the login of ``url`` is a superuser or may create roles.

    Asked in the server's own database: the one that ``url`` names may still have to be made.
    """
    with _connect(url, database="postgres") as connection:
        require_version(connection.info.server_version)
        query = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        return connection.execute(query).fetchone()[0]


def require_version(number: int) -> None:
    """Raise Refusal where ``number`` (as in server_version_num) is before PostgreSQL 15."""
    if number < OLDEST:
        raise Refusal(
            f"The server runs PostgreSQL {number // 10000}; the platform needs 15 or newer."
        )


def with_login(url: str, role: str, password: str, database: str) -> str:
    """Return ``url`` with another role, password and database; host and options stay."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{host}", path=f"/{quote(database, safe='')}"))


def role_of(url: str) -> str:
    """Return the name of the role that ``url`` logs in with."""
    return unquote(urlsplit(url).username or "")


def _password(admin_url: str, role: str, given: dict[str, str]) -> str:
    if given.get(role):
        return given[role]
    admin_password = unquote(urlsplit(admin_url).password or "")
    if not admin_password:
        raise Refusal(
            "DATABASE_URL logs in as an administrator without a password: set GSP_OWNER_PASSWORD, "
            "GSP_APP_PASSWORD and GSP_BACKUP_PASSWORD, or put the password into the address."
        )
    return hmac.new(admin_password.encode(), role.encode(), hashlib.sha256).hexdigest()


def _connect(url: str, *, database: str | None = None) -> psycopg.Connection:
    try:
        changed = {"dbname": database} if database else {}
        return psycopg.connect(url, autocommit=True, connect_timeout=10, **changed)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Refusal(f"The database cannot be reached as {role_of(url)}: {reason}") from error


def _is_superuser(connection) -> bool:
    query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    return connection.execute(query).fetchone()[0]


def _existing(connection, roles: list[str]) -> list[str]:
    query = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) ORDER BY rolname"
    return [row[0] for row in connection.execute(query, [roles])]


def _make_role(connection, role: str, password: str, is_superuser: bool) -> None:
    if not _existing(connection, [role]):
        _run(connection, "CREATE ROLE {}", role)
    wanted = f"{ATTRIBUTES[role]} {GUARDED[role]}" if is_superuser else ATTRIBUTES[role]
    statement = f"ALTER ROLE {{}} {wanted} PASSWORD {{}}"
    connection.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
    if role == BACKUP:
        _run(connection, "ALTER ROLE {} SET default_transaction_read_only = on", role)


def _make_database(connection, database: str) -> None:
    query = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s"
    owner = connection.execute(query, [database]).fetchone()
    if owner is None:
        _run(connection, "CREATE DATABASE {} OWNER {}", database, OWNER)
    elif owner[0] != OWNER:
        _run(connection, "ALTER DATABASE {} OWNER TO {}", database, OWNER)


def _grant_future(connection, rights: str, role: str) -> None:
    _run(connection, f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO {{}}", role)


def _run(connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
