"""Turns the bytes of a file into headings and rows of text, or says why it cannot be used."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gsp.uploads import delimited, workbook
from gsp.uploads.archive import SIGNATURE, check_size
from gsp.uploads.sheet import Reading, Row, Sheet, Table, Unreadable

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
UNDECIDED = Reading()
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@contextmanager
def open_table(path: Path, file_name: str, reading: Reading = UNDECIDED) -> Iterator[Table]:
    """Open a stored file that was sent as ``file_name``; its rows stream while it is open.

    Cells are text in NFC without spaces at their ends: dates of a workbook in ISO form, numbers
    in digits with the decimal sign of ``reading``. Rows without any text are left out.

    Raises:
        Unreadable: too large, empty, of another type, damaged or dangerous; on opening, or while
            the rows are gone through.

    """
    sheet = read(file_name, Path(path).read_bytes())
    yield Table(sheet.header, iter(sheet.rows), len(sheet.rows))


def read(file_name: str, content: bytes) -> Sheet:
    """Return the file's headings and rows, in NFC; the content decides, the name must agree.

    Raises:
        Unreadable: too large, empty, without rows, of another type, damaged or dangerous.

    """
    _check_bytes(content)
    rows = [
        Row(number, cells)
        for number, cells in _limited(_reader(file_name, content)(content))
        if any(cells)
    ]
    if not rows:
        raise _empty()
    if not rows[1:]:
        raise Unreadable(
            _("There is no row below the headings."),
            _("Fill in one row for each entry and send the file again."),
            code="no_rows",
        )
    return Sheet(header=rows[0], rows=tuple(rows[1:]))


def _check_bytes(content: bytes) -> None:
    if not content.strip():
        raise _empty()
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        raise Unreadable(
            _("The file is larger than %(limit)s.") % {"limit": limit},
            _("Divide the list into several files."),
            code="too_large",
        )


def _empty() -> Unreadable:
    return Unreadable(_("The file is empty."), _("Start from the template."), code="empty")


def _reader(file_name: str, content: bytes):
    suffix = PurePath(file_name).suffix.lower()
    if content.startswith(SIGNATURE):
        if suffix in (".xlsx", ".xlsm"):
            return workbook.rows_of
    elif content.startswith(OLD_OFFICE):
        raise Unreadable(
            _("This is an old Excel file, or one with a password."),
            _("Save it as XLSX without a password."),
            code="wrong_type",
        )
    elif suffix in TEXT_SUFFIXES:
        return delimited.rows_of
    raise Unreadable(
        _("“%(name)s” is not a CSV or XLSX file.") % {"name": PurePath(file_name).name},
        _("Send an XLSX or a CSV file, under its right name."),
        code="wrong_type",
    )


def _limited(rows):
    for number, cells in rows:
        texts = tuple(unicodedata.normalize("NFC", cell).strip() for cell in cells)
        width = max((place for place, text in enumerate(texts, 1) if text), default=0)
        check_size(rows=number - 1, columns=width)
        yield number, texts
