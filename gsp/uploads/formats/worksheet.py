"""Streams the cells of one worksheet of an XLSX workbook.

All usual writers spell a cell in one way, and an expression finds them many times faster than a
parser of XML. Whatever is spelt otherwise sends the sheet through that parser, from its start.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, NamedTuple

from gsp.uploads.formats import markup
from gsp.uploads.formats.refusals import broken, too_large

CHUNK = 256 * 1024
LONGEST_ROW = 8 * 1024 * 1024
MOST_ROWS, MOST_CELLS = 1_048_576, 16_384  # of a sheet, of a row: no spreadsheet holds more
MOST_PIECES = 10_000  # of text in one cell

CELL = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?'
    r"(?:/>|>(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>))?"
    r"(?:(?:<v[^>/]*>|<is><t[^>/]*>)([^<]*)(?:</v>|</t></is>)|<v ?/>)?</c>)\s*|.+",
    re.DOTALL,
)
ROW_NUMBER = re.compile(r' r="(\d+)"')
EMPTY_ROWS = re.compile(r"(?:\s*<row(?: [^>]*)?/>)*+\s*")
STRAY = ("", "", "", "")
PROLOGUE = re.compile(rb"\s*(?:<\?xml [^>]*\?>)?\s*<worksheet[ >].*<sheetData>", re.DOTALL)
OTHER_ENCODING = re.compile(rb"""<\?xml [^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
UTF8_MARK = b"\xef\xbb\xbf"
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));?")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Cell(NamedTuple):
    """A cell as it is stored: its column's letters, style, kind, and what is kept in it."""

    column: str
    style: str
    kind: str
    value: str


StoredRow = tuple[int, list[Cell | tuple[str, str, str, str]]]
Open = Callable[[], IO[bytes]]


class UnusualError(Exception):
    """The sheet is spelt in another way than usual; that does not make it wrong."""


def stored_rows(opening: Open) -> Iterator[StoredRow]:
    """Yield each row's number and stored cells; ``opening`` gives the sheet's XML from its start.

    Raises:
        Unreadable: no XML, or more than any spreadsheet holds.

    """
    done = 0
    try:
        for row in _usual(opening()):
            yield row
            done += 1
            if done > MOST_ROWS or row[0] > MOST_ROWS:
                raise too_large()
    except UnusualError:
        yield from islice(_parsed(opening()), done, None)


def characters(text: str) -> str:
    """Return the text that an XML text with references stands for."""
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED.get(name) or _not_xml()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xDFFF < number < 0x110000
    return chr(number) if is_character else _not_xml()


def _not_xml():
    raise broken()


def _usual(stream: IO[bytes]) -> Iterator[StoredRow]:
    rest = _after_prologue(stream)
    while True:
        end = rest.rfind(b"</row>")
        last = rest.find(b"</sheetData>", max(end, 0))
        for text in _decoded(rest[: max(end, 0)]).split("</row>") if end >= 0 else ():
            yield _row(text)
        rest = rest[end + 6 :] if end >= 0 else rest
        if last >= 0:
            break
        piece = stream.read(CHUNK)
        if not piece:
            raise broken()
        rest += piece
        if len(rest) > LONGEST_ROW:
            raise too_large()
    if not EMPTY_ROWS.fullmatch(_decoded(rest[: rest.index(b"</sheetData>")])):
        raise UnusualError
    while stream.read(CHUNK):
        pass  # to its end, where the checksum tells whether the sheet is whole


def _after_prologue(stream: IO[bytes]) -> bytes:
    start = stream.read(CHUNK).removeprefix(UTF8_MARK)
    prologue, found, rest = start.partition(b"<sheetData>")
    if not PROLOGUE.fullmatch(prologue + found) or b"<!" in prologue:
        raise UnusualError
    if OTHER_ENCODING.match(prologue):
        raise UnusualError
    return rest


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise UnusualError from error


def _row(text: str) -> StoredRow:
    start = text.rfind("<row")
    end = text.find(">", start)
    number = ROW_NUMBER.search(text, start, end)
    if start < 0 or number is None or not EMPTY_ROWS.fullmatch(text, 0, start):
        raise UnusualError
    cells = CELL.findall(text, end + 1)
    if STRAY in cells:
        raise UnusualError
    if "&" in text:
        cells = [(*cell[:3], characters(cell[3])) for cell in cells]
    return int(number[1]), cells


def _parsed(stream: IO[bytes]) -> Iterator[StoredRow]:
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


def number_of(column: str) -> int:
    """Return the number of a column from its letters: A is 1.

    Raises:
        Unreadable: these are not the letters of a column, or of one beyond all.

    """
    number = 0
    for letter in column:
        if not "A" <= letter <= "Z":
            raise broken()
        number = number * 26 + ord(letter) - 64
        if number > MOST_CELLS:
            raise too_large()
    return number


def letters(number: int) -> str:
    """Return the letters of a column from its number: 1 is A."""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(65 + letter) + text
    return text


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise broken()
    return int(text)
