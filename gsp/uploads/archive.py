"""Opens the ZIP archive a spreadsheet is, before anything parses it, and measures what is inside.

What a parser then gets is a copy with nothing compressed: it reads what was measured, whatever
the original declares elsewhere.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from gsp.uploads.sheet import MAX_COLUMNS, MAX_ROWS, Unreadable

SIGNATURE = b"PK\x03\x04"
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 250
MAX_PARTS = 500


def unpacked(content: bytes) -> bytes:
    """Return the workbook as an archive without compression.

    Raises:
        Unreadable: no workbook, too large when unpacked, with macros, or with entities in its XML.

    """
    try:
        return _unpacked(content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise broken() from error


def broken() -> Unreadable:
    """Return the refusal of a workbook that cannot be read."""
    return Unreadable(
        _("This workbook is damaged or protected."),
        _("Open it, take the password away, save it as XLSX and send it again."),
        code="broken_workbook",
    )


def _unpacked(content: bytes) -> bytes:
    copy = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as plain,
    ):
        _check_declared(archive, len(content))
        for part in archive.infolist():
            data = archive.read(part)  # never more than declared, and its checksum must fit
            _check_part(part.filename, data)
            plain.writestr(part.filename, data)
    return copy.getvalue()


def _check_declared(archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    declared = sum(part.file_size for part in parts)
    if declared > MAX_UNPACKED or declared > MAX_RATIO * size or len(parts) > MAX_PARTS:
        raise Unreadable(
            _("Unpacked, this file would be too large."),
            _("Copy the list into a new workbook, or send it as CSV."),
            code="zip_bomb",
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _has_macros()
    if len(names) < len(parts) or not names >= {"[content_types].xml", "xl/workbook.xml"}:
        raise Unreadable(
            _("This file is not an Excel workbook."),
            _("Send an XLSX or a CSV file."),
            code="wrong_type",
        )


def _check_part(name: str, data: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise broken()
    if name.lower() == "[content_types].xml" and b"macroEnabled" in data:
        raise _has_macros()
    _Extent().measure(data)


def _has_macros() -> Unreadable:
    return Unreadable(
        _("This workbook contains macros."),
        _("Save it as XLSX, without macros, and send it again."),
        code="macros",
    )


class _Extent:
    """How far the filled cells of a worksheet reach: a parser reserves memory for all of it."""

    def __init__(self):
        self.row = self.column = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._root

    def measure(self, data: bytes) -> None:
        """Refuse a worksheet that reaches too far.

        Raises:
            Unreadable: more rows or columns than a list may have, or no XML.

        """
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise broken() from error

    def _root(self, name, attributes):
        is_worksheet = name.rpartition(" ")[2] == "worksheet"
        self.parser.StartElementHandler = self._start if is_worksheet else None

    def _start(self, name, attributes):
        kind = name.rpartition(" ")[2]
        if kind == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif kind == "c":
            self.column = _column(attributes.get("r", "")) or self.column + 1
        elif kind in ("v", "is"):
            check_size(rows=self.row - 1, columns=self.column)


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789").upper():
        number = number * 26 + ord(letter) - 64
    return number


def check_size(*, rows: int, columns: int) -> None:
    """Refuse a table that is too long or too wide.

    Raises:
        Unreadable: more than 20,000 rows or 200 columns.

    """
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable(
            _("This list is too large: at most %(rows)s rows and %(columns)s columns.")
            % {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS},
            _("Divide it, and take away what lies far below or beside the list."),
            code="too_large",
        )
