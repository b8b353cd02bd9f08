"""Every kind of file, good or bad, and its exact outcome."""

import unicodedata
from datetime import date, datetime

import pytest

from gsp.uploads.sheet import Unreadable
from tests.uploads.files import csv, read, repacked, xlsx

HEADER = "reference,given_name"


def cells(sheet):
    return [(row.number, row.cells) for row in sheet.rows]


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_every_delimiter_and_mark(delimiter, bom):
    sheet = read("list.csv", csv(HEADER, "A1,Arta", "", "A2,Besa", delimiter=delimiter, bom=bom))
    assert sheet.header.cells == ("reference", "given_name")
    assert cells(sheet) == [(2, ("A1", "Arta")), (4, ("A2", "Besa"))]


def test_quoted_cells_keep_delimiters_and_line_breaks():
    sheet = read("list.csv", b'reference,given_name\nA1,"Arta, the\nsecond"\nA2,Besa\n')
    assert cells(sheet) == [(2, ("A1", "Arta, the\nsecond")), (3, ("A2", "Besa"))]


@pytest.mark.parametrize("name", ["محمد العربي", "Дмитрий", "Łukasz", "Nguyễn", "=SUM(A1)", "@cmd"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_names_survive_in_nfc(name, kind):
    spelt = unicodedata.normalize("NFD", name)
    content = (
        csv(HEADER, f"A1,{spelt}") if kind == "csv" else xlsx(HEADER.split(","), ["A1", spelt])
    )
    assert cells(read(f"list.{kind}", content)) == [(2, ("A1", unicodedata.normalize("NFC", name)))]


def test_xlsx_cells_become_what_a_reader_sees():
    header = ["text", "whole", "part", "long", "longer", "day", "moment", "flag", "nothing"]
    row = ["007", 42, 1.5, 123456789012345, 1234567890123456]
    row += [date(2026, 11, 22), datetime(2026, 11, 22, 8, 30), True, None]
    sheet = read("list.xlsx", xlsx(header, row))
    assert sheet.rows[0].cells == (
        "007",
        "42",
        "1.5",
        "123456789012345",
        "1.23456789012346e+15",
        "2026-11-22",
        "2026-11-22T08:30:00",
        "yes",
        "",
    )


def test_xlsx_row_numbers_are_those_of_the_spreadsheet():
    sheet = read("list.xlsx", xlsx([], ["reference"], [], ["A1"]))
    assert sheet.header.number == 2
    assert cells(sheet) == [(4, ("A1",))]


GOOD = xlsx(["reference"], ["A1"])
SHEET = "xl/worksheets/sheet1.xml"
FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>reference</t></is></c></row>
<row r="%d"><c r="%s%d"><v>1</v></c></row></sheetData></worksheet>"""


def test_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(Unreadable) as refusal:
        read("list.csv", b"reference\nA1\n")
    assert (refusal.value.code, refusal.value.message) == (
        "too_large",
        "The file is larger than 10\xa0bytes.",
    )


def test_styled_empty_cells_far_below_do_not_count():
    far = FAR % (900_000, b"A", 900_000)
    styled = far.replace(b'"><v>1</v></c>', b'" s="0"/>').replace(b"</sheetData>", b"</sheetData>")
    content = repacked(GOOD, {SHEET: styled})
    with pytest.raises(Unreadable) as refusal:
        read("list.xlsx", content)
    assert refusal.value.code == "no_rows"
