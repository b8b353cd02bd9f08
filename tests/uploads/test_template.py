"""The workbook that people fill in: text columns, codes to choose from, nothing that runs."""

import io
import zipfile
from typing import ClassVar

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from gsp.uploads import mapping
from gsp.uploads.cells import identifier, text
from gsp.uploads.mapping import propose
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import Column, columns_of, workbook
from tests.uploads.files import read

COLUMNS = [
    Column("reference", "The centre's own number.", is_required=True),
    Column("track", "Home or away.", codes=(("home", "Home"), ("away", "Away"))),
    Column("note", "x" * 300),
]


def test_filled_template_is_read_back_with_formulas_as_text():
    content = workbook(COLUMNS, title="Trainees", rows=[["007", "home", "=1+1"]])
    sheet = read("template.xlsx", content)
    assert sheet.header.cells == ("reference", "track", "note")
    assert [row.cells for row in sheet.rows] == [("007", "home", "=1+1")]


def test_second_sheet_lists_the_codes():
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(COLUMNS, title="Trainees")))
    assert book.sheet_names == ["Trainees", "Codes"]
    assert book.get_sheet_by_name("Codes").to_python() == [
        ["track", ""],
        ["home", "Home"],
        ["away", "Away"],
    ]


def test_columns_are_text_and_codes_a_drop_down():
    content = workbook(COLUMNS, title="Trainees")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<formula1>'Codes'!$A$2:$A$3</formula1>" in sheet
    assert 'type="list"' in sheet
    assert 'sqref="B2:B100001"' in sheet
    assert 'numFmtId="49"' in styles  # text


class Line(UploadRow):
    headings: ClassVar = {
        "reference": {"en": ("Reference",), "de": ("Kennung",), "ar": ("المرجع",)},
        "track": {"en": ("Track",), "de": ("Weg",), "ar": ("المسار",)},
    }

    reference: identifier(9)
    track: text(9) = ""


@pytest.mark.parametrize(
    ("language", "header"),
    [("en", ("Reference", "Track")), ("de", ("Kennung", "Weg")), ("ar", ("المرجع", "المسار"))],
)
def test_headings_are_in_the_readers_language_and_known_in_all(language, header):
    with translation.override(language):
        columns = columns_of(Line, {"track": "Home or away."}, {"track": (("home", "Home"),)})
        content = workbook(columns, title="Kosovo: 1/2", rows=[["007", ""], ["008", "home"]])
    sheet = read("template.xlsx", content)
    assert sheet.header.cells == header
    assert [row.cells for row in sheet.rows] == [("007", ""), ("008", "home")]
    assert propose(header, mapping.columns_of(Line)).columns == ("reference", "track")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ('rightToLeft="1"' in written) == (language == "ar")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Cohort [1]: a/b*?", "Cohort  1   a b"),
        ("codes", "codes"),
        ("'x'", "x"),
        ("x" * 40, "x" * 31),
        ("*", "List"),
    ],
)
def test_title_is_made_fit_for_a_sheet(title, name):
    content = workbook(COLUMNS, title=title)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names[0] == name
    assert len(book.sheet_names) == 2


def test_long_lists_of_codes_are_named_by_their_range():
    codes = tuple((f"{number:04}", "x") for number in range(5000))
    content = workbook([Column("occupation", "ISCO-08", codes=codes)], title="Figures")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<formula1>'Codes'!$A$2:$A$5001</formula1>" in sheet
