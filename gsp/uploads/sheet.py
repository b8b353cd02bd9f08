"""A file's rows as text, how a centre writes them, and the limits every file keeps to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gsp.workflow import Refused

MAX_ROWS = 100_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """A centre's habits: how its files are to be read.

    An empty ``date_order`` accepts only dates that can be read in one way; an empty ``decimal``
    both signs, as long as the number can be read in one way; empty ``encoding`` and ``delimiter``
    are found by looking at the file. ``date_system`` is the file's own: the year from which it
    counts days, 1900 or 1904, or 0 where a number is never a day.
    """

    date_order: Literal["", "dmy", "mdy", "ymd"] = ""
    decimal: Literal["", ".", ","] = ""
    encoding: str = ""
    delimiter: str = ""
    date_system: Literal[0, 1900, 1904] = 0


class Row(NamedTuple):
    """One row: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """The headings, and the rows below them, which can be gone through once.

    ``total`` is the number of rows, near enough to show progress, or None. ``findings`` tells in
    plain words how the file was read; it is complete after the last row. ``reading`` is how its
    cells are to be understood: the centre's habits, and the file's date system.
    """

    header: Row
    rows: Iterator[Row]
    total: int | None = None
    findings: dict[str, str] = field(default_factory=dict)
    reading: Reading = Reading()


class Unreadable(Refused):
    """The file as a whole cannot be used; ``remedy`` says what to send instead."""

    def __init__(self, message: str, remedy: str, *, code: str):
        super().__init__(message, field="file", code=code)
        self.remedy = remedy
