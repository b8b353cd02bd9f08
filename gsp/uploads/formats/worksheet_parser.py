"""Reads the cells of a worksheet with a parser of XML, however they are spelt."""

from collections.abc import Iterator
from typing import IO, NamedTuple

from gsp.uploads.formats import markup
from gsp.uploads.formats.columns import letters, number_of
from gsp.uploads.formats.limits import MOST_CELLS, MOST_PIECES, MOST_ROWS
from gsp.uploads.formats.refusals import broken, too_large


class Cell(NamedTuple):
    """A cell as it is stored: its column's letters, style, kind, and what is kept in it."""

    column: str
    style: str
    kind: str
    value: str


StoredRow = tuple[int, list[Cell | tuple[str, str, str, str]]]


def parsed_rows(stream: IO[bytes]) -> Iterator[StoredRow]:
    """Yield the number and the filled cells of each row that has any.

    Raises:
        Unreadable: no XML, or more than any spreadsheet holds.

    """
    reader = _Parser()
    for _piece in markup.walk(stream, reader.start, reader.end, reader.text):
        yield from reader.taken()


class _Parser:
    """Collects rows from the events of an XML parser."""

    def __init__(self):
        self.rows: list[StoredRow] = []
        self.number = self.place = 0
        self.cells: list[Cell] | None = None
        self.style = self.kind = self.letters = ""
        self.kept: list[str] = []
        self.is_kept = False
        self.skipped = 0

    def taken(self) -> list[StoredRow]:
        rows, self.rows = self.rows, []
        return rows

    def start(self, name, attributes):
        kind = markup.local(name)
        if kind == "rPh":
            self.skipped += 1
        elif kind == "row":
            self.number = _whole(attributes.get("r"), self.number + 1)
            self.cells, self.place = [], 0
        elif kind == "c":
            self.place += 1
            self.letters = attributes.get("r", "").rstrip("0123456789") or letters(self.place)
            self.place = number_of(self.letters)
            self.style, self.kind = attributes.get("s", ""), attributes.get("t", "")
            self.kept = []
        self.is_kept = kind in ("v", "t") and not self.skipped

    def text(self, text):
        if self.is_kept:
            self.kept.append(text)
            if len(self.kept) > MOST_PIECES:
                raise broken()

    def end(self, name):
        kind = markup.local(name)
        self.is_kept = False
        if kind == "rPh":
            self.skipped -= 1
        elif kind == "c" and self.cells is not None and self.kept:
            self.cells.append(Cell(self.letters, self.style, self.kind, "".join(self.kept)))
            if len(self.cells) > MOST_CELLS:
                raise too_large()
        elif kind == "row" and self.cells is not None:
            if self.number > MOST_ROWS:
                raise too_large()
            if self.cells:
                self.rows.append((self.number, self.cells))
            self.cells = None


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise broken()
    return int(text)
