"""Headings and rows against a model: every error of the file, in words and with a remedy."""

from datetime import date
from typing import ClassVar

import pytest
from django.db.models import TextChoices
from django.utils import translation

from gsp.uploads.cells import Day, YesNo, identifier, one_of, text
from gsp.uploads.checking import Plan, all_errors, checked
from gsp.uploads.rows import RowError, UploadRow
from tests.uploads.files import csv, read, xlsx


class Colour(TextChoices):
    RED = "red", "Crimson"
    BLUE = "blue", "Azure"


class Line(UploadRow):
    identifying: ClassVar[frozenset[str]] = frozenset({"number"})

    reference: identifier(6)
    number: identifier(20) = ""
    day: Day | None = None
    agreed: YesNo | None = None
    colour: one_of(Colour) | None = None
    name: text(5) = ""


def check(sheet):
    """Check the rows of a sheet whose headings are the names of the columns."""
    names = [cell.casefold() for cell in sheet.header.cells]
    return checked(Plan(Line, names, None), sheet.rows)


def refused(*lines):
    found = all_errors(check(read("list.csv", csv(*lines, delimiter=";"))))
    return [(one.row, one.column, one.value, one.message, one.remedy) for one in found]


def test_rows_become_models_with_the_cells_given():
    found = check(
        read("list.csv", csv("Reference,DAY,colour,Agreed", "A1,2026-02-28,AZURE,Yes", "A2,,,"))
    )
    assert [(number, row.given()) for number, row in found.good.numbered()] == [
        (
            2,
            {"reference": "A1", "day": date(2026, 2, 28), "colour": Colour.BLUE, "agreed": True},
        ),
        (3, {"reference": "A2"}),
    ]


@pytest.mark.parametrize("number", ["1.23457E+11", "1,23457E+11", "1E+20"])
def test_number_that_a_spreadsheet_rounded_is_refused(number):
    found = check(read("list.xlsx", xlsx(["reference"], [number])))
    assert all_errors(found) == [
        RowError(
            2,
            "reference",
            number,
            f"The spreadsheet has rounded this number to “{number}”.",
            "Format the column as text, type the number again in full and save.",
        )
    ]


def test_long_number_of_a_workbook_is_refused_not_rounded():
    sheet = read("a.xlsx", xlsx(["reference", "number"], ["A1", 12345678901234567]))
    (error,) = all_errors(check(sheet))
    assert (error.row, error.column, error.value) == (2, "number", "")


@pytest.mark.parametrize("day", ["31/12/2026", "12-31-2026", "1.2.26", "2026-1-1"])
def test_days_in_another_order_are_refused_with_both_ways_out(day):
    assert refused("reference;day", f"A1;{day}") == [
        (
            2,
            "day",
            day,
            f"The day “{day}” can be read in several ways.",
            "Write 2026-11-22, or set the order of day and month in the centre's settings.",
        )
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "20260101", "46348", "tomorrow"])
def test_other_dates_are_refused_never_guessed(day):
    assert refused("reference;day", f"A1;{day}") == [
        (2, "day", day, f"“{day}” is not a date.", "Write year, month and day, such as 2026-11-22.")
    ]


def test_all_errors_of_a_file_are_collected():
    found = refused(
        "reference;colour;agreed;name", ";green;maybe;abcdef", "A2;;;", "A3;red;y;a\x07"
    )
    assert [error[:4] for error in found] == [
        (2, "reference", "", "This cell is empty."),
        (2, "agreed", "maybe", "“maybe” is neither yes nor no."),
        (2, "colour", "green", "“green” is not one of the codes."),
        (2, "name", "abcdef", "This text has 6 characters."),
        (4, "agreed", "y", "“y” is neither yes nor no."),
        (4, "name", "a\x07", "This text contains a character that cannot be shown."),
    ]
    assert found[2][4] == "Use one of: red, blue."


def test_cell_without_heading_is_refused():
    assert [error[:4] for error in refused("reference;name", "A1;Arta;B")] == [
        (2, "", "", "A cell stands beside the last heading.")
    ]


def test_value_of_an_identifying_column_is_not_kept():
    assert [error[:3] for error in refused("reference;number", f"A1;{'9' * 21}")] == [
        (2, "number", "")
    ]


def test_yes_and_no_are_understood_in_the_readers_language():
    with translation.override("de"):
        found = check(read("list.csv", csv("reference,agreed", "A1,yes", "A2,no")))
    assert list(found.good.columns["agreed"]) == [True, False]
