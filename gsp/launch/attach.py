"""Lets ``manage.py`` and the tests find the servers, or start them for their own duration."""

import atexit
import os
import signal
import sys

OFFLINE = {
    "", "help", "version", "check", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "lint_templates", "makemessages", "spectacular", "startapp", "startproject",
}  # fmt: skip
AS_OWNER = {
    "migrate", "makemigrations", "rotate_keys", "showmigrations", "sqlmigrate", "squashmigrations",
}  # fmt: skip
SETTINGS = "gsp.settings.development"


def attach(arguments: list[str]) -> None:
    """Put the data folder's servers into the environment of this ``manage.py`` process.

    Does nothing with other settings than development, for commands that need no server, and
    where the launcher set the environment already. Exits with 2 where a server cannot be used.
    """
    command = next((word for word in arguments[1:] if not word.startswith("-")), "")
    elsewhere = os.environ["DJANGO_SETTINGS_MODULE"] != SETTINGS
    named = any(word.startswith("--settings") for word in arguments)
    if elsewhere or named or command in OFFLINE or "GSP_LAUNCHED" in os.environ:
        return
    from gsp.launch.refusal import Refusal

    try:
        environment = _join()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
    if command in AS_OWNER:
        environment["DATABASE_URL"] = environment["DATABASE_OWNER_URL"]
    os.environ.update(environment)


def attach_tests() -> None:
    """Give a process with the settings of the tests servers beside those of ``make run``."""
    if "GSP_LAUNCHED" in os.environ:
        return
    from gsp.launch import servers
    from gsp.launch.folder import CHECKOUT, DataFolder

    folder = DataFolder(CHECKOUT / ".data" / "test")
    os.environ.update(servers.join(folder, careless=True))
    atexit.register(servers.leave, folder)


def _join() -> dict[str, str]:
    from gsp.launch import servers, stages
    from gsp.launch.folder import DataFolder

    folder = DataFolder.from_environment()
    environment = servers.join(folder)
    atexit.register(servers.leave, folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not stages.is_done(environment["DATABASE_OWNER_URL"], stages.SCHEMA):
        stages.schema(environment)
    return environment
