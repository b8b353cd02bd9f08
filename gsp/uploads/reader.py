"""Turns a file of any kind into headings and rows of text, or says why it cannot be used."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.uploads.formats import archive, delimited, old_excel, opendocument, workbook
from gsp.uploads.formats.refusals import check_size, empty, has_macros, wrong_type
from gsp.uploads.formats.source import Source
from gsp.uploads.sheet import MAX_COLUMNS, MAX_ROWS, Reading, Row, Table, Unreadable

Opener = Callable[[Path, Reading], AbstractContextManager[Source]]

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
WITH_MACROS = (".xlsm", ".xltm", ".xlam", ".xlsb")
WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)
INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
UNDECIDED = Reading()
TITLE_ROWS = 10  # so far below titles the headings may stand


@contextmanager
def open_table(path: Path, file_name: str, reading: Reading = UNDECIDED) -> Iterator[Table]:
    """Open a stored file that was sent as ``file_name``; its rows stream while it is open.

    Cells are text in NFC without spaces at their ends: days of a workbook in ISO form, numbers
    in digits with the decimal sign of ``reading``. Rows without any text are left out, and so are
    titles above the headings.

    Raises:
        Unreadable: too large, empty, of another type, damaged or dangerous; on opening, or while
            the rows are gone through.

    """
    opener = _opener(path, file_name)
    with opener(path, reading) as source:
        rows = _clean(source)
        head = _head(rows, source.findings)
        first = next(head.rest, None)
        if first is None:
            raise _no_rows()
        yield Table(
            head.row,
            chain([first], head.rest),
            source.total and min(MAX_ROWS, max(1, source.total - head.row.number)),
            source.findings,
            replace(reading, date_system=source.date_system),
        )


def _no_rows() -> Unreadable:
    return Unreadable(
        _("There is no row below the headings."),
        _("Fill in one row for each entry and send the file again."),
        code="no_rows",
    )


def _opener(path: Path, file_name: str) -> Opener:
    """Return what reads the file: its content decides, and its name must agree."""
    with path.open("rb") as file:
        start = file.read(512)
    suffix = PurePath(file_name).suffix.lower()
    _check_bytes(path.stat().st_size)
    if start.startswith(archive.SIGNATURE):
        if suffix in WITH_MACROS:
            raise has_macros()
        with archive.opened(path) as opened:
            is_open_document = archive.CONTENT in opened.namelist()
        right, opener = (
            (".ods", opendocument.opened) if is_open_document else (".xlsx", workbook.opened)
        )
    elif start.startswith(old_excel.SIGNATURE):
        right = suffix if suffix in (".xlsx", ".xlsm") and old_excel.is_sealed(path) else ".xls"
        opener = old_excel.opened
    elif WEB_PAGE.match(start):
        raise wrong_type(
            _("This is a web page, not a table."),
            _("Open it in a spreadsheet program, save it as XLSX and send that file."),
        )
    else:
        right, opener = suffix if suffix in TEXT_SUFFIXES else "", delimited.opened
    if not right or suffix != right:
        raise _other_name(PurePath(file_name).name, suffix, right)
    return opener


def _other_name(name: str, suffix: str, right: str) -> Unreadable:
    known = (".xlsx", ".xls", ".ods", *TEXT_SUFFIXES)
    if right and suffix in known:
        return wrong_type(
            _("“%(name)s” has the ending of another kind of file.") % {"name": name},
            _("Its content calls for %(ending)s: save it anew in that format.") % {"ending": right},
        )
    return wrong_type(
        _("“%(name)s” is not a table that can be read.") % {"name": name},
        _("Send an XLSX, XLS, ODS or CSV file, under its right name."),
    )


def _check_bytes(size: int) -> None:
    if not size:
        raise empty()
    if size > settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        raise Unreadable(
            _("The file is larger than %(limit)s.") % {"limit": limit},
            _("Divide the list into several files."),
            code="too_large",
        )


def _clean(source: Source) -> Iterator[Row]:
    """Yield the rows with text, in NFC, and count those that hold characters nobody sees."""
    marked = 0
    for number, cells in source.rows:
        together = "".join(cells)
        if "\x00" in together:  # which no database keeps
            cells = [cell.replace("\x00", "") for cell in cells]
        if not together.isascii():
            marked += INVISIBLE.search(together) is not None
            if not unicodedata.is_normalized("NFC", together):
                cells = [unicodedata.normalize("NFC", cell) for cell in cells]
        texts = tuple(map(str.strip, cells))
        if any(texts):
            if number > MAX_ROWS or len(texts) > MAX_COLUMNS:
                _check_extent(number, texts)
            yield Row(number, texts)
    if marked:
        source.findings["invisible"] = ngettext(
            "%(count)s row holds characters that nobody sees; numbers are read without them.",
            "%(count)s rows hold characters that nobody sees; numbers are read without them.",
            marked,
        ) % {"count": marked}


def _check_extent(number: int, texts: tuple[str, ...]) -> None:
    width = max(place for place, text in enumerate(texts, 1) if text)
    check_size(rows=number - 1, columns=width)


class _Head(NamedTuple):
    row: Row
    rest: Iterator[Row]


def _head(rows: Iterator[Row], findings: dict[str, str]) -> _Head:
    """Return the row of headings, without titles above it, and the rows below.

    A title is a single cell above a row that fills three or more.
    """
    first = list(islice(rows, TITLE_ROWS))
    if not first:
        raise empty()
    widths = [sum(map(bool, row.cells)) for row in first]
    titles = next((place for place, width in enumerate(widths) if width > 1), 0)
    if widths[titles] < 3:
        titles = 0
    if titles:
        texts = [cell for row in first[:titles] for cell in row.cells if cell]
        findings["titles"] = _("Left out above the headings: %(texts)s") % {
            "texts": " · ".join(texts)[:200]
        }
    return _Head(first[titles], chain(first[titles + 1 :], rows))
