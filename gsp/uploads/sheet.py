"""A file's rows as text, and the limits every file keeps to."""

from dataclasses import dataclass

from gsp.workflow import Refused

MAX_ROWS = 20_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings and the rows below them; rows without any text are left out."""

    header: Row
    rows: tuple[Row, ...]


class Unreadable(Refused):
    """The file as a whole cannot be used; ``remedy`` says what to send instead."""

    def __init__(self, message: str, remedy: str, *, code: str):
        super().__init__(message, field="file", code=code)
        self.remedy = remedy
