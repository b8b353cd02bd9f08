"""Reads the first visible sheet of an XLSX workbook, every cell as the text a reader would see."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.uploads.formats import archive as archives
from gsp.uploads.formats.columns import number_of
from gsp.uploads.formats.numbers import day_text, number_text
from gsp.uploads.formats.package import Package, look_into
from gsp.uploads.formats.refusals import broken, check_size
from gsp.uploads.formats.source import RawRow, Source
from gsp.uploads.formats.strings import shared_strings, unescaped
from gsp.uploads.formats.worksheet import CHUNK, stored_rows
from gsp.uploads.formats.worksheet_parser import StoredRow
from gsp.uploads.sheet import Reading

EXACT_DIGITS = 15
REMEMBERED = 20_000  # texts of numbers that return


@contextmanager
def opened(path: Path, reading: Reading) -> Iterator[Source]:
    """Open a workbook; days come in ISO form, formulas as their last result.

    Raises:
        Unreadable: see ``archive`` and ``package``; also while the rows are gone through.

    """
    with archives.opened(path) as archive:
        package = look_into(archive)
        part = partial(archives.part, archive)
        strings = shared_strings(partial(part, package.strings)) if package.strings else []
        stored = stored_rows(partial(part, package.sheet))
        cells = _Cells(package, strings, number_text(reading.decimal))
        yield Source(
            cells.rows(stored), _total(archive, package), _findings(package), package.date_system
        )


def _findings(package: Package) -> dict[str, str]:
    found = {"sheet": _("Sheet “%(name)s”") % {"name": package.sheet_name}}
    if package.other_sheets:
        found["other_sheets"] = ngettext(
            "%(count)s other sheet was not read.",
            "%(count)s other sheets were not read.",
            package.other_sheets,
        ) % {"count": package.other_sheets}
    if package.date_system == 1904:
        found["dates"] = _("This workbook counts its days from 1904.")
    return found


def _total(archive: zipfile.ZipFile, package: Package) -> int | None:
    """Return about how many rows there are, from the length of the first ones."""
    start = archives.part(archive, package.sheet).read(CHUNK)
    rows = start.count(b"</row>") + start.count(b":row>")
    if not rows:
        return None
    size = archive.getinfo(package.sheet).file_size
    return max(rows, rows * size // len(start))


class _Columns(dict):
    """Letters of a column → its place, counted from 0; worked out once for each."""

    def __missing__(self, letters: str) -> int:
        self[letters] = number_of(letters) - 1
        return self[letters]


class _Cells:
    """Turns stored cells into text."""

    def __init__(self, package: Package, strings: list[str], number: Callable[[str], str]):
        self.strings = strings
        self.number = number
        self.day = lru_cache(REMEMBERED)(day_text(package.date_system, number))
        self.dates = package.date_styles
        self.columns = _Columns()
        self.width = 1

    def rows(self, stored: Iterator[StoredRow]) -> Iterator[RawRow]:
        try:
            for number, cells in stored:
                yield number, self._texts(number, cells)
        except (IndexError, ValueError, OverflowError) as error:
            raise broken() from error  # a shared text that is not there, a number that is none

    def _texts(self, number: int, cells) -> list[str]:
        texts = [""] * self.width
        columns, strings, dates, number_text = self.columns, self.strings, self.dates, self.number
        for letters, style, kind, value in cells:
            if not value:
                continue
            if kind == "s":
                text = strings[int(value)]
            elif kind and kind != "n":
                text = self._other(kind, value)
            elif style in dates:
                text = self.day(value)
            elif value.isdecimal() and len(value) <= EXACT_DIGITS:
                text = value
            else:
                text = number_text(value)
            place = columns[letters]
            if place >= len(texts):
                check_size(rows=number - 1, columns=place + 1)
                texts += [""] * (place + 1 - len(texts))
                self.width = len(texts)
            texts[place] = text
        return texts

    def _other(self, kind: str, value: str) -> str:
        if kind == "b":
            return "yes" if value == "1" else "no"
        if kind == "d":
            return value.removesuffix("Z").removesuffix("T00:00:00")
        return unescaped(value)
