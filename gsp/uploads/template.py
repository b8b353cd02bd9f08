"""Writes the workbook that people fill in: headings, text columns, lists of codes."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from gsp.uploads.mapping import heading
from gsp.uploads.sheet import MAX_ROWS

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
LONGEST_HINT = 255
LONGEST_TITLE = 31
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
TEXT = 49  # the built-in number format “text”


Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what to write, and the codes it accepts with their meaning.

    ``heading`` is what stands above it; its name where nothing else is said.
    """

    name: str
    hint: str
    is_required: bool = False
    codes: Codes = ()
    width: int = 18
    heading: str = ""

    @property
    def title(self) -> str:
        """Return what stands above the column."""
        return self.heading or self.name


def columns_of(
    model, hints: Mapping[str, str], codes: Mapping[str, Codes] | None = None
) -> list[Column]:
    """Return the columns of a row model, with its headings in the reader's language.

    Whoever uploads the list may have another language: headings are understood in all of them.
    """
    return [
        Column(
            name,
            hints.get(name, ""),
            field.is_required(),
            (codes or {}).get(name, ()),
            heading=heading(getattr(model, "headings", {}), name),
        )
        for name, field in model.model_fields.items()
    ]


def workbook(columns: Iterable[Column], *, title: str, rows: Iterable[Iterable[str]] = ()) -> bytes:
    """Return an XLSX file: a sheet ``title`` with the headings and ``rows``, and one of codes.

    All cells are text, so that no spreadsheet rounds a number or runs a formula. ``rows`` hold a
    text for each column: what is known already.
    """
    columns = list(columns)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        sheet, codes = (book.add_worksheet(name) for name in _titles(title))
        if get_language_bidi():
            sheet.right_to_left()
            codes.right_to_left()
        _write_headings(book, sheet, columns)
        _write_codes(book, sheet, codes, columns)
        _write_rows(sheet, rows, width=len(columns))
    return written.getvalue()


def _titles(title: str) -> tuple[str, str]:
    """Return the names of both sheets, as spreadsheets allow them."""
    first, second = (NOT_IN_TITLE.sub(" ", one).strip("' ") for one in (title, _("Codes")))
    first = first[:LONGEST_TITLE].strip("' ") or _("List")
    return first, second if second.casefold() != first.casefold() else f"{second} 2"


def _write_rows(sheet, rows: Iterable[Iterable[str]], *, width: int) -> None:
    for number, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, place, cell)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(width)}{MAX_ROWS + 1}"})


def _write_headings(book, sheet, columns: list[Column]) -> None:
    as_text = book.add_format({"num_format": TEXT})
    needed = book.add_format({"bold": True, "num_format": TEXT, "bg_color": "#DCE9F7"})
    optional = book.add_format({"num_format": TEXT, "bg_color": "#EEF1F4"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, as_text)
        sheet.write_string(0, place, column.title, needed if column.is_required else optional)
        hint = {"validate": "any", "input_title": column.title, "input_message": column.hint}
        if not column.codes and column.hint:
            sheet.data_validation(1, place, MAX_ROWS, place, _short(hint))


def _write_codes(book, sheet, codes, columns: list[Column]) -> None:
    bold = book.add_format({"bold": True})
    listed = [(place, column) for place, column in enumerate(columns) if column.codes]
    for pair, (place, column) in enumerate(listed):
        left = 2 * pair
        codes.set_column(left, left, 12)
        codes.set_column(left + 1, left + 1, 28)
        codes.write_string(0, left, column.title, bold)
        for number, (code, label) in enumerate(column.codes, start=1):
            codes.write_string(number, left, code)
            codes.write_string(number, left + 1, label)
        letter, last = xl_col_to_name(left, col_abs=True), len(column.codes) + 1
        quoted = codes.get_name().replace("'", "''")
        choice = {
            "validate": "list",
            "source": f"='{quoted}'!{letter}$2:{letter}${last}",
            "input_title": column.title,
            "input_message": column.hint,
            "error_title": column.title,
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
