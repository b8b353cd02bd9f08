"""Writes the workbook that people fill in: headings, text columns, lists of codes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from gsp.uploads.sheet import MAX_ROWS

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
LONGEST_HINT = 255
TEXT = 49  # the built-in number format “text”


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what to write, and the codes it accepts with their meaning."""

    name: str
    hint: str
    is_required: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    width: int = 18


def workbook(columns: Iterable[Column], *, title: str, rows: Iterable[Iterable[str]] = ()) -> bytes:
    """Return an XLSX file: a sheet ``title`` with the headings and ``rows``, and one of codes.

    All cells are text, so that no spreadsheet rounds a number or runs a formula.
    """
    columns = list(columns)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        sheet, codes = book.add_worksheet(title), book.add_worksheet(_("Codes"))
        if get_language_bidi():
            sheet.right_to_left()
            codes.right_to_left()
        _write_headings(book, sheet, columns)
        _write_codes(book, sheet, codes, columns)
        for number, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
    return written.getvalue()


def _write_headings(book, sheet, columns: list[Column]) -> None:
    as_text = book.add_format({"num_format": TEXT})
    needed = book.add_format({"bold": True, "num_format": TEXT, "bg_color": "#DCE9F7"})
    optional = book.add_format({"num_format": TEXT, "bg_color": "#EEF1F4"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, as_text)
        sheet.write_string(0, place, column.name, needed if column.is_required else optional)
        hint = {"validate": "any", "input_title": column.name, "input_message": column.hint}
        if not column.codes:
            sheet.data_validation(1, place, MAX_ROWS, place, _short(hint))


def _write_codes(book, sheet, codes, columns: list[Column]) -> None:
    bold = book.add_format({"bold": True})
    listed = [(place, column) for place, column in enumerate(columns) if column.codes]
    for pair, (place, column) in enumerate(listed):
        left = 2 * pair
        codes.set_column(left, left, 12)
        codes.set_column(left + 1, left + 1, 28)
        codes.write_string(0, left, column.name, bold)
        for number, (code, label) in enumerate(column.codes, start=1):
            codes.write_string(number, left, code)
            codes.write_string(number, left + 1, label)
        letter, last = xl_col_to_name(left, col_abs=True), len(column.codes) + 1
        choice = {
            "validate": "list",
            "source": f"='{codes.get_name()}'!{letter}$2:{letter}${last}",
            "input_title": column.name,
            "input_message": column.hint,
            "error_title": column.name,
            "error_message": _("Choose one of the codes of the second sheet."),
        }
        sheet.data_validation(1, place, MAX_ROWS, place, _short(choice))


def _short(validation: dict) -> dict:
    """Keep to the lengths that a spreadsheet program accepts."""
    longest = {"input_title": 32, "error_title": 32}
    texts = ("input_title", "input_message", "error_title", "error_message")
    return {
        key: value[: longest.get(key, LONGEST_HINT)] if key in texts else value
        for key, value in validation.items()
    }
