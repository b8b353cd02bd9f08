"""How far a worker is with a list: told through the cache, for a transaction shows nothing."""

import time
from dataclasses import dataclass

from django.core.cache import cache

FORGOTTEN = 120  # seconds after the last word of a worker
PAUSE = 0.5  # seconds between two words


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows done of a total (0 where it is not known), and seconds it took so far."""

    stage: str
    rows: int = 0
    total: int = 0
    seconds: float = 0.0

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 100."""
        return min(100, self.rows * 100 // self.total) if self.total else 0

    @property
    def rate(self) -> int:
        """Return rows a second."""
        return int(self.rows / self.seconds) if self.seconds > 0 else 0

    @property
    def seconds_left(self) -> int | None:
        """Return how long the rest will take, None where nobody knows."""
        if not self.total or not self.rate:
            return None
        return max(0, round((self.total - self.rows) / self.rate))


class Teller:
    """Tells how far one stage of a list is, at most twice a second."""

    def __init__(self, upload, stage: str, total: int | None = None):
        self.key, self.stage, self.total = _key(upload), stage, total or 0
        self.started = time.monotonic()
        self._next = 0.0

    def tell(self, rows: int) -> None:
        """Say that so many rows are done."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PAUSE
            told = (self.stage, rows, max(self.total, rows), now - self.started)
            cache.set(self.key, told, FORGOTTEN)


def progress_of(upload) -> Progress | None:
    """Return what the worker last said of a list, None where it said nothing."""
    told = cache.get(_key(upload))
    return Progress(*told) if told else None


def forget(upload) -> None:
    """Say nothing more of a list that is no longer in hand."""
    cache.delete(_key(upload))


def _key(upload) -> str:
    return f"upload-progress:{upload.uid}"
