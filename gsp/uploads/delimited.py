"""Reads text tables: UTF-8, with comma, semicolon or tab between the cells."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from gsp.uploads.sheet import Unreadable

DELIMITERS = ",;\t"


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line's row and its cells.

    Raises:
        Unreadable: not UTF-8, not text, or a quotation mark that is never closed.

    """
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from enumerate(rows, start=1)
    except csv.Error as error:
        raise Unreadable(
            _("Row %(row)s of the file cannot be read.") % {"row": rows.line_num},
            _("Look for a quotation mark that is not closed, or save the list as XLSX."),
            code="broken_csv",
        ) from error


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The text of this file is not in UTF-8."),
            _("Save it as “CSV UTF-8” or as XLSX and send it again."),
            code="not_utf8",
        ) from error
    if "\x00" in text:
        raise Unreadable(
            _("This file is not a table."), _("Send an XLSX or a CSV file."), code="wrong_type"
        )
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the first line with text into most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def cells(delimiter):
        return len(next(csv.reader([first], delimiter=delimiter), []))

    return max(DELIMITERS, key=cells)
