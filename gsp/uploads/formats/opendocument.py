"""Reads the first visible sheet of an OpenDocument spreadsheet (ODS), as LibreOffice saves it."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from gsp.uploads.formats import archive as archives
from gsp.uploads.formats import markup
from gsp.uploads.formats.archive import CONTENT, MANIFEST
from gsp.uploads.formats.limits import MOST_ROWS
from gsp.uploads.formats.numbers import MIDNIGHT, number_text
from gsp.uploads.formats.refusals import broken, check_size, empty, has_macros, protected, too_large
from gsp.uploads.formats.source import RawRow, Source
from gsp.uploads.sheet import MAX_COLUMNS, Reading

PROGRAMS = ("basic/", "scripts/")
DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
LONGEST_CELL, MOST_PARAGRAPHS = 1_000_000, 10_000
NUMBERS = ("float", "percentage", "currency")
CELLS = ("table-cell", "covered-table-cell")
BESIDE = ("annotation", "frame", "custom-shape", "line", "rect", "g")  # text that is no cell's


@contextmanager
def opened(path: Path, reading: Reading) -> Iterator[Source]:
    """Open a spreadsheet; days come in ISO form, formulas as their last result.

    Raises:
        Unreadable: see ``archive``; encrypted, with macros, or without a visible sheet; also
            while the rows are gone through.

    """
    with archives.opened(path) as archive:
        _check(archive)
        sheet = _Sheet(number_text(reading.decimal))
        stream = archives.part(archive, CONTENT)
        pieces = markup.walk(stream, sheet.start, sheet.end, sheet.text)
        for _piece in pieces:
            if sheet.rows or sheet.is_over:
                break
        if not sheet.name:
            raise empty()
        findings = {"sheet": _("Sheet “%(name)s”") % {"name": sheet.name}}
        yield Source(_rows(sheet, pieces), None, findings)


def _check(archive: zipfile.ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    if "encrypted-package" in names:
        raise protected()
    if any(name.startswith(PROGRAMS) for name in names):
        raise has_macros()
    if CONTENT not in names:
        raise broken()
    if MANIFEST in archive.namelist():
        elements: set[str] = set()
        markup.parse(
            archives.small_part(archive, MANIFEST), lambda name, _: elements.add(markup.local(name))
        )
        if "encryption-data" in elements:
            raise protected()


def _rows(sheet: "_Sheet", pieces: Iterator[None]) -> Iterator[RawRow]:
    yield from sheet.taken()
    for _piece in pieces:
        yield from sheet.taken()


class _Sheet:
    """Collects the rows of the first visible sheet from the events of an XML parser."""

    def __init__(self, number: Callable[[str], str]):
        self.number = number
        self.rows: list[RawRow] = []
        self.name = ""
        self.is_over = False
        self.hidden: set[str] = set()
        self.style = ""
        self.depth = 0
        self.row, self.row_repeats, self.stored = 0, 1, 0
        self.cells: list[str] = []
        self.place = 0
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.beside = 0

    def taken(self) -> list[RawRow]:
        rows, self.rows = self.rows, []
        return rows

    def start(self, name, attributes):
        kind = markup.local(name)
        if self.depth:
            self._inside(kind, attributes)
        elif kind == "style":
            self.style = _plain(attributes).get("name", "")
        elif kind == "table-properties":
            if _plain(attributes).get("display") == "false":
                self.hidden.add(self.style)
                if len(self.hidden) > MOST_PARAGRAPHS:
                    raise broken()
        elif kind == "table" and not self.is_over:
            plain = _plain(attributes)
            if plain.get("style-name") not in self.hidden:
                self.name, self.depth = plain.get("name", ""), 1

    def _inside(self, kind, attributes):
        if kind == "table":
            self.depth += 1
        elif self.depth > 1:
            return
        elif kind == "table-row":
            self.row_repeats = _repeats(_plain(attributes), "number-rows-repeated")
            self.cells, self.place = [], 0
        elif kind in CELLS:
            self.cell, self.paragraphs = _plain(attributes), []
        elif self.cell is not None:
            self._in_cell(kind, attributes)

    def _in_cell(self, kind, attributes):
        if kind in BESIDE:
            self.beside += 1
        elif self.beside:
            return
        elif kind == "p":
            self.paragraphs.append("")
            if len(self.paragraphs) > MOST_PARAGRAPHS:
                raise broken()
        elif kind == "s" and self.paragraphs:
            spaces = _plain(attributes).get("c", "1")
            self.paragraphs[-1] += " " * min(int(spaces) if spaces.isdecimal() else 1, 100)
        elif kind in ("tab", "line-break") and self.paragraphs:
            self.paragraphs[-1] += " "

    def text(self, text):
        if self.paragraphs and self.cell is not None and not self.beside and self.depth == 1:
            self.paragraphs[-1] += text
            if len(self.paragraphs[-1]) > LONGEST_CELL:
                raise broken()

    def end(self, name):
        kind = markup.local(name)
        if not self.depth:
            return
        if kind == "table":
            self.depth -= 1
            self.is_over = not self.depth
        elif self.depth > 1:
            return
        elif kind in BESIDE and self.beside:
            self.beside -= 1
        elif kind in CELLS and self.cell is not None:
            self._end_cell(self.cell)
        elif kind == "table-row":
            self._end_row()

    def _end_cell(self, cell: dict[str, str]) -> None:
        repeats = _repeats(cell, "number-columns-repeated")
        text = self._text(cell)
        if text:
            check_size(rows=self.row, columns=self.place + repeats)
            self.cells += [""] * (self.place - len(self.cells)) + [text] * repeats
        self.place = min(self.place + repeats, MAX_COLUMNS + 1)
        self.cell = None

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.row_repeats
        self.stored += 1
        if self.stored > MOST_ROWS:
            raise too_large()
        if self.cells:
            check_size(rows=self.row - 1, columns=len(self.cells))
            self.rows += [(first + times, self.cells) for times in range(self.row_repeats)]

    def _text(self, cell: dict[str, str]) -> str:
        kind = cell.get("value-type", "")
        shown = "\n".join(self.paragraphs)
        if not kind or "error" in cell.get("calc-type", "") or kind == "string":
            return cell.get("string-value", shown) or shown
        if kind in NUMBERS:
            return self._number(cell.get("value", ""))
        if kind == "date":
            return cell.get("date-value", "").removesuffix(MIDNIGHT)
        if kind == "boolean":
            return "yes" if cell.get("boolean-value") == "true" else "no"
        found = DURATION.fullmatch(cell.get("time-value", ""))
        return ":".join(found.groups()) if found else shown

    def _number(self, value: str) -> str:
        try:
            return self.number(value)
        except ValueError as error:
            raise broken() from error


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes by their short names."""
    return {_short(name): value for name, value in attributes.items()}


@lru_cache(1000)
def _short(name: str) -> str:
    """Return the name of an attribute without its namespace; the type that says “error” apart."""
    namespace, _space, short = name.partition(" ")
    return "calc-type" if short == "value-type" and "calc" in namespace else markup.local(name)


def _repeats(plain: dict[str, str], name: str) -> int:
    times = plain.get(name, "1")
    return max(1, int(times[:9])) if times.isdecimal() else 1
