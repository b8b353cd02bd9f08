"""The servers a process works with: those of the environment, or embedded ones."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from gsp.launch import roles
from gsp.launch.folder import DataFolder
from gsp.launch.refusal import Refusal

DATABASE = "gsp"
# What names a server, and the variable whose presence says that it was given.
GIVEN_BY = {
    "DATABASE_URL": "DATABASE_URL",
    "DATABASE_OWNER_URL": "DATABASE_URL",
    "REDIS_URL": "REDIS_URL",
}
KEYS = ("SECRET_KEY", "ENCRYPTION_KEYS", "BLIND_INDEX_KEYS")


@contextlib.contextmanager
def using(folder: DataFolder, *, careless: bool = False) -> Iterator[dict[str, str]]:
    """Yield the environment of ``join`` and ``leave`` afterwards, whatever happened."""
    environment = join(folder, careless=careless)
    try:
        yield environment
    finally:
        leave(folder)


def join(folder: DataFolder, *, careless: bool = False) -> dict[str, str]:
    """Make sure the servers run and return the environment that names them.

    ``DATABASE_URL`` in it logs in as the application, ``DATABASE_OWNER_URL`` as the owner of
    the tables. What the environment gives is used and never started; what another process of
    the folder was given is used too. ``careless`` trades safety in a crash for speed. Raises
    Refusal where a server cannot be used.
    """
    folder.make()
    with folder.changing():
        given = {**folder.published(), **{name: text for name, text in os.environ.items() if text}}
        folder.enter()
        try:
            environment = _environment(folder, given, careless)
        except BaseException:
            _leave(folder)
            raise
        folder.publish({name: environment[name] for name, by in GIVEN_BY.items() if by in given})
    return environment


def leave(folder: DataFolder) -> None:
    """Undo ``join``: the last process to leave stops the embedded servers."""
    with folder.changing():
        _leave(folder)


def _leave(folder: DataFolder) -> None:
    if not folder.leave():
        return
    folder.withdraw()
    secrets = folder.secrets()
    if folder.valkey.exists():
        from gsp.launch import valkey

        valkey.stop(folder.valkey, password=secrets["VALKEY_PASSWORD"])
    if folder.postgres.exists():
        from gsp.launch import postgres

        postgres.stop(folder.postgres, password=secrets["POSTGRES_PASSWORD"])


def _environment(folder: DataFolder, given: Mapping[str, str], careless: bool) -> dict[str, str]:
    secrets = folder.secrets()
    owner, app = _database(folder, given, secrets, careless)
    return {
        "DATABASE_URL": app,
        "DATABASE_OWNER_URL": owner,
        "REDIS_URL": given.get("REDIS_URL") or _broker(folder, secrets),
        **{name: given.get(name) or secrets[name] for name in KEYS},
        "GSP_DATA": str(folder.path),
        "GSP_LAUNCHED": "1",
    }


def _database(folder, given, secrets, careless) -> tuple[str, str]:
    """Return the URLs of owner and application."""
    if given.get("DATABASE_URL"):
        return given_database(given)
    from gsp.launch import postgres  # not installed where the servers are given

    password = secrets["POSTGRES_PASSWORD"]
    admin = postgres.start(folder.postgres, password=password, careless=careless)
    return roles.prepare(admin, DATABASE)


def _broker(folder, secrets) -> str:
    from gsp.launch import valkey  # not installed where the servers are given

    return valkey.start(folder.valkey, password=secrets["VALKEY_PASSWORD"])


def given_database(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the URLs of owner and application on the server that DATABASE_URL names.

    A login that may make roles makes ours and is not used further. Raises Refusal where it
    may not and DATABASE_OWNER_URL is missing.
    """
    url, owner = given["DATABASE_URL"], given.get("DATABASE_OWNER_URL")
    if owner:
        roles.open_database(owner, app=roles.role_of(url))
        return owner, url
    name = unquote(urlsplit(url).path.lstrip("/"))
    if not roles.may_make_roles(url):
        raise Refusal(
            f"DATABASE_URL logs in as {roles.role_of(url)}, which may not make roles: "
            "give DATABASE_OWNER_URL too, the login that owns the tables."
        )
    database = DATABASE if name in ("", "postgres", "template1") else name
    return roles.prepare(url, database, passwords=_given_passwords(given))


def _given_passwords(given: Mapping[str, str]) -> dict[str, str]:
    names = {role: f"{role.upper()}_PASSWORD" for role in roles.ATTRIBUTES}
    return {role: given[name] for role, name in names.items() if given.get(name)}
