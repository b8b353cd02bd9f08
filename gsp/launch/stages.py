"""What stands between running servers and a platform that has something to show."""

import hashlib
import os
import subprocess
import sys
import time

import psycopg

from gsp.launch.folder import CHECKOUT
from gsp.launch.refusal import Refusal

DEMONSTRATION = "demonstration"
SCHEMA = "schema"
# What tables, row policies and starter catalogue are made from, and what static files are.
SCHEMA_SOURCES = ("[a-z]*/**/*.py", "catalogue/starter/*", "requirements.txt")
STATIC_SOURCES = (
    "static/**/*",
    "gsp/web/*.py",
    "gsp/settings/*.py",
    "*-lock.json",
    "requirements.txt",
)
STATIC_STAMP = CHECKOUT / "staticfiles" / ".made-from"


def prepare(environment: dict[str, str]) -> None:
    """Bring tables, catalogue and static files up to date; on the first start also the demo.

    What was made from the same sources before is not made again. Raises Refusal with the
    output of the command that failed.
    """
    owner_url = environment["DATABASE_OWNER_URL"]
    sources = f"{SCHEMA} {fingerprint(*SCHEMA_SOURCES)}"
    if not is_done(owner_url, sources):
        schema(environment)
        record(owner_url, sources)
    if not is_done(owner_url, DEMONSTRATION):
        _stage("three demonstration partnerships", environment, "demo")
        _stage("the first night", environment, "run_night")
        record(owner_url, DEMONSTRATION)
    static_files(environment)


def schema(environment: dict[str, str]) -> None:
    """Create or upgrade the tables as their owner, and load the starter catalogue."""
    owner_url = environment["DATABASE_OWNER_URL"]
    as_owner = {**environment, "DATABASE_URL": owner_url}
    _stage("tables", as_owner, "migrate", "--no-input", "--verbosity=0")
    _stage("starter catalogue", environment, "load_starter_catalogue")
    record(owner_url, SCHEMA)


def static_files(environment: dict[str, str]) -> None:
    """Collect, number and compress what browsers load, unless it is unchanged."""
    sources = fingerprint(*STATIC_SOURCES)
    if not STATIC_STAMP.exists() or STATIC_STAMP.read_text() != sources:
        _stage("static files", environment, "collectstatic", "--no-input", "--verbosity=0")
        STATIC_STAMP.write_text(sources)


def fingerprint(*patterns: str) -> str:
    """Return a digest of the checkout's files that match, by name and content."""
    digest = hashlib.sha256()
    files = {file for pattern in patterns for file in CHECKOUT.glob(pattern) if file.is_file()}
    for file in sorted(files):
        digest.update(f"{file.relative_to(CHECKOUT)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(owner_url: str, step: str) -> bool:
    """Return True if ``record`` was called for ``step`` in this database."""
    with _steps(owner_url) as connection:
        query = "SELECT 1 FROM launch.step WHERE name = %s"
        return connection.execute(query, [step]).fetchone() is not None


def record(owner_url: str, step: str) -> None:
    """Remember in the database itself that ``step`` is done, so that it is done once."""
    with _steps(owner_url) as connection:
        insert = "INSERT INTO launch.step (name) VALUES (%s) ON CONFLICT DO NOTHING"
        connection.execute(insert, [step])


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    """Run ``manage.py`` with ``environment`` on top of ours; output is captured as text."""
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, str(CHECKOUT / "manage.py"), *arguments],
        env=inherited(environment),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def inherited(environment: dict[str, str]) -> dict[str, str]:
    """Return our environment with ``environment`` on top and our programs first on PATH."""
    programs = os.path.dirname(sys.executable)
    path = os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])
    defaults = {"DJANGO_SETTINGS_MODULE": "gsp.settings.development", "PYTHONUNBUFFERED": "1"}
    return {**defaults, **os.environ, **environment, "PATH": path}


def _stage(name: str, environment: dict[str, str], *arguments: str) -> None:
    started = time.monotonic()
    done = manage(environment, *arguments)
    if done.returncode:
        raise Refusal(f"manage.py {arguments[0]} failed ({name}):\n{done.stdout.rstrip()}")
    print(f"  {name}: {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)


def _steps(owner_url: str) -> psycopg.Connection:
    connection = psycopg.connect(owner_url, autocommit=True, connect_timeout=10)
    connection.execute("CREATE SCHEMA IF NOT EXISTS launch")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS launch.step"
        " (name text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())"
    )
    return connection
