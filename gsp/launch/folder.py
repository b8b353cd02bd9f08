"""The data folder: servers' files, generated secrets, and who is using the servers now."""

import base64
import contextlib
import fcntl
import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class DataFolder:
    """One folder that holds everything a running platform keeps on this machine.

    Each process that uses the folder's servers holds a shared lock on ``users``, which the
    operating system drops even when the process is killed. The last one out stops the servers.
    """

    def __init__(self, path: Path):
        self.path = path.resolve()
        self.postgres = self.path / "postgres"
        self.valkey = self.path / "valkey"
        self._users = None

    @classmethod
    def from_environment(cls) -> "DataFolder":
        """Return the folder named by GSP_DATA, or ``.data`` in the checkout."""
        return cls(Path(os.environ.get("GSP_DATA") or CHECKOUT / ".data"))

    def make(self) -> None:
        """Create the folder if it is missing; others may pass through it but not list it."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)

    @contextlib.contextmanager
    def changing(self):
        """Hold the right to start or stop servers; a second process waits its turn."""
        with open(self.path / "changing.lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def enter(self) -> None:
        """Count this process among the users of the servers."""
        if self._users is None:
            self._users = open(self.path / "users.lock", "w")  # noqa: SIM115 - held until leave()
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop counting this process; return True if no other process is left."""
        users, self._users = self._users, None
        with users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    def in_use(self) -> bool:
        """Return True while any process counts among the users of the servers."""
        with open(self.path / "users.lock", "w") as probe:
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def claim_group(self):
        """Return the open lock of the one process group of this folder, or None if taken."""
        file = open(self.path / "group.lock", "a+")  # noqa: SIM115 - held by the caller
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file

    def secrets(self) -> dict[str, str]:
        """Return this folder's secrets, kept with mode 0600; what is missing is generated."""
        file = self.path / "secrets.env"
        kept = _read(file) if file.exists() else {}
        found = {**_generate(), **kept}
        if found.keys() != kept.keys():
            _write_private(file, found)
        return found

    def publish(self, values: dict[str, str]) -> None:
        """Let other commands on this folder find the servers in use."""
        _write_private(self.path / "run.env", values)

    def published(self) -> dict[str, str]:
        """Return what ``publish`` wrote, or nothing where no process uses the servers."""
        file = self.path / "run.env"
        return _read(file) if file.exists() and self.in_use() else {}

    def withdraw(self) -> None:
        """Undo ``publish``."""
        (self.path / "run.env").unlink(missing_ok=True)


def _generate() -> dict[str, str]:
    return {
        "POSTGRES_PASSWORD": secrets.token_urlsafe(32),
        "VALKEY_PASSWORD": secrets.token_urlsafe(32),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ENCRYPTION_KEYS": _key(),
        "BLIND_INDEX_KEYS": _key(),
    }


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write_private(file: Path, values: dict[str, str]) -> None:
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in values.items())
    part.replace(file)


def _read(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
