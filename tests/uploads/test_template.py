"""The workbook that people fill in: text columns, codes to choose from, nothing that runs."""

import io
import zipfile

from python_calamine import CalamineWorkbook

from gsp.uploads.reader import read
from gsp.uploads.template import Column, workbook

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
