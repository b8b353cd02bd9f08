"""The list as it was sent, as a workbook with what is wrong in its cells and a summary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from gsp.uploads.rows import RowError
from gsp.uploads.sheet import Table

TEXT = 49  # the built-in number format “text”
LONGEST = 32_767  # letters of a cell
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
NOTE = {"x_scale": 2, "y_scale": 1.5, "font_size": 9}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is written beside the rows: errors by row number, and counts with their words."""

    errors: Mapping[int, Iterable[RowError]]
    counts: Iterable[tuple[str, int]]


def write(target: BinaryIO, table: Table, places: list[str], marks: Marks) -> None:
    """Write the rows of a table, marked, and a sheet that lists every error.

    ``places`` names the column of each place, “” where its cells were left out. Every cell is
    text, at the place where it was: the file can be corrected and sent again. Rows are written
    as they are read, one in memory at a time.
    """
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        listed, summary = book.add_worksheet(_("List")), book.add_worksheet(_("What to correct"))
        if get_language_bidi():
            listed.right_to_left()
            summary.right_to_left()
        _write_list(book, listed, table, places, marks.errors)
        _write_summary(book, summary, marks)


def _write_list(book, sheet, table: Table, places: list[str], errors) -> None:
    plain = book.add_format({"num_format": TEXT})
    bold = book.add_format({"num_format": TEXT, "bold": True, "bg_color": "#DCE9F7"})
    wrong = book.add_format({"num_format": TEXT, "bg_color": "#F8D7DA", "font_color": "#8B1A1A"})
    sheet.set_column(0, max(len(places) - 1, 0), 18, plain)
    sheet.freeze_panes(table.header.number, 0)
    for place, cell in enumerate(table.header.cells):
        sheet.write_string(table.header.number - 1, place, cell[:LONGEST], bold)
    for row in table.rows:
        notes = _notes(errors.get(row.number, ()), places)
        for place, cell in enumerate(row.cells):
            style = wrong if place in notes else plain
            if cell:
                sheet.write_string(row.number - 1, place, cell[:LONGEST], style)
            elif place in notes:
                sheet.write_blank(row.number - 1, place, None, style)
        for place, note in notes.items():
            if place >= len(row.cells):
                sheet.write_blank(row.number - 1, place, None, wrong)
            sheet.write_comment(row.number - 1, place, note, NOTE)


def _notes(errors: Iterable[RowError], places: list[str]) -> dict[int, str]:
    """Return the note of each place that has one; what has no place stands at the first."""
    notes: dict[int, list[str]] = {}
    for error in errors:
        place = places.index(error.column) if error.column in places and error.column else 0
        notes.setdefault(place, []).append(f"{error.message} {error.remedy}")
    return {place: "\n".join(texts)[:LONGEST] for place, texts in notes.items()}


def _write_summary(book, sheet, marks: Marks) -> None:
    plain = book.add_format({"num_format": TEXT, "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": TEXT, "bold": True, "bg_color": "#DCE9F7"})
    for place, width in enumerate((10, 22, 26, 50, 50)):
        sheet.set_column(place, place, width, plain)
    line = 0
    for word, count in marks.counts:
        sheet.write_string(line, 0, word, bold)
        sheet.write_string(line, 1, str(count), plain)
        line += 1
    headings = (_("Row"), _("Column"), _("Value"), _("What is wrong"), _("What to do"))
    for place, heading in enumerate(headings):
        sheet.write_string(line + 1, place, heading, bold)
    line += 2
    for number in sorted(marks.errors):
        for error in marks.errors[number]:
            texts = (str(number), error.column, error.value, error.message, error.remedy)
            for place, text in enumerate(texts):
                sheet.write_string(line, place, text[:LONGEST], plain)
            line += 1
