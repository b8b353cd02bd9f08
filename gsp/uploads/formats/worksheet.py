"""Streams the cells of one worksheet of an XLSX workbook.

All usual writers spell a cell in one way, and an expression finds them many times faster than a
parser of XML. Whatever is spelt otherwise sends the sheet through that parser, from its start.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO

from gsp.uploads.formats.limits import LONGEST_ROW, MOST_ROWS
from gsp.uploads.formats.refusals import broken, too_large
from gsp.uploads.formats.worksheet_parser import StoredRow, parsed_rows

CHUNK = 256 * 1024

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

Open = Callable[[], IO[bytes]]


class UnusualError(Exception):
    """The sheet is spelt in another way than usual; that does not make it wrong."""


def stored_rows(opening: Open) -> Iterator[StoredRow]:
    """Yield each row's number and stored cells; ``opening`` gives the sheet's XML from its start.

    Raises:
        Unreadable: no XML, or more than any spreadsheet holds.

    """
    filled = 0
    try:
        for count, row in enumerate(_usual(opening()), start=1):
            yield row
            filled += any(cell[3] for cell in row[1])
            if count > MOST_ROWS or row[0] > MOST_ROWS:
                raise too_large()
    except UnusualError:
        yield from islice(parsed_rows(opening()), filled, None)


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
