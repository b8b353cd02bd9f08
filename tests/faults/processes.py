"""The platform's own processes, started as the Procfile says, on the database of the tests."""

import os
import shlex
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from gsp.launch import group, stages
from gsp.launch.ports import free_port

PATIENCE = 30  # seconds


def wait_until(condition, what: str):
    """Return the first true answer of ``condition``; fail the test after half a minute."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"waited {PATIENCE} s: {what}"
        time.sleep(0.05)
    return answer


def database_url() -> str:
    """Return the address of the tests' database for a process that logs in as this one does."""
    database = connection.settings_dict
    login = f"{database['USER']}:{quote(database['PASSWORD'], safe='')}"
    return f"postgresql://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def environment_on(database: str, broker: str) -> dict[str, str]:
    """Return what a process needs to work on the database and the broker of these addresses."""
    return {
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "DJANGO_SETTINGS_MODULE": "gsp.settings.test",
        "GSP_LAUNCHED": "1",
    }


@contextmanager
def running(name: str, given: dict[str, str], log: Path, *more: str):
    """Run the Procfile's process ``name`` with more arguments; kill what is left of it."""
    command = [*shlex.split(group.commands()[name]), *more]
    with open(log, "ab") as out:
        process = subprocess.Popen(
            command,
            env=stages.inherited(given),
            cwd=settings.BASE_DIR,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)
        print(log.read_text())  # shown where the test fails


@contextmanager
def worker(given: dict[str, str], log: Path, *more: str):
    """Run a Celery worker; it takes tasks as soon as it is up."""
    with running("worker", given, log, *more) as process:
        yield process


@contextmanager
def web(given: dict[str, str], log: Path):
    """Run the web server and yield its address once it answers."""
    port = free_port()
    given = {**given, "GUNICORN_CMD_ARGS": f"--bind=127.0.0.1:{port}"}
    address = f"http://127.0.0.1:{port}"
    with running("web", given, log) as process:
        wait_until(lambda: process.poll() is not None or _answers(address), "the web server")
        assert process.poll() is None, log.read_text()
        yield address


def kill(process: subprocess.Popen) -> None:
    """Kill a process and its children at once, as when a machine is lost."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
