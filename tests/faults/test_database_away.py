"""A database server that stops and starts again under a running web server."""

import subprocess
from subprocess import PIPE

import pytest

from gsp.launch import postgres, roles, stages
from tests.faults.processes import database_url, environment_on, web
from tests.faults.visitor import Visitor

PASSWORD = "of-a-server-that-is-stopped"
PAGE = "/desk/north/agency/cohorts/"
CAST = """
from django.core.management import call_command
from tests.cast import build_cast

call_command("load_starter_catalogue", verbosity=0)
print(build_cast().officer.user.email)
"""

WELL = 200, {"status": "ok"}
ILL = 503, {"status": "unavailable", "missing": ["database"]}


class Server:
    """A PostgreSQL of this test's own with the platform's tables; comes back at its port."""

    def __init__(self, home):
        self.home = home

    def start(self) -> str:
        return postgres.start(self.home, password=PASSWORD, careless=True)

    def stop(self) -> None:
        postgres.stop(self.home, password=PASSWORD)


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path / "postgres")
    yield made
    made.stop()


def prepare(server, source, broker, monkeypatch) -> tuple[dict[str, str], str]:
    """Start the server with tables and cast; return a process's environment and a login."""
    owner, app = roles.prepare(server.start(), "gsp")
    port = postgres.running_port(server.home)
    monkeypatch.setattr(postgres, "free_port", lambda: port)
    tables = program("pg_dump", "--schema-only", "--no-owner", "--no-privileges", source)
    program("psql", "--quiet", "--set=ON_ERROR_STOP=1", owner, given=tables)
    given = environment_on(app, broker)
    done = stages.manage(given, "shell", "--verbosity=0", "--command", CAST)
    assert done.returncode == 0, done.stdout
    return given, done.stdout.split()[-1]


def program(name: str, *arguments: str, given: str = "") -> str:
    command = [str(postgres.PROGRAMS / name), *arguments]
    return subprocess.run(command, input=given, stdout=PIPE, check=True, text=True).stdout


def health(probe, what: str) -> tuple[int, dict]:
    answer = probe.get(f"/health/{what}")
    return answer.status, answer.json()


def test_readiness_tells_and_pages_come_back(db, server, broker, monkeypatch, tmp_path):
    given, login = prepare(server, database_url(), broker, monkeypatch)
    with web(given, tmp_path / "web") as address:
        visitor, probe = Visitor(address), Visitor(address)
        visitor.sign_in(login)
        assert health(probe, "ready") == WELL
        server.stop()
        assert health(probe, "live") == WELL
        assert health(probe, "ready") == ILL
        assert visitor.get(PAGE).status == 500
        server.start()
        assert [visitor.get(PAGE).status for _ in range(4)] == [200] * 4
        assert health(probe, "ready") == WELL
