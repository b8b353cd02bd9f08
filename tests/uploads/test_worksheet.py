"""The quick way through a sheet and the parser of XML agree, and no damage gets past either."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gsp.uploads.formats import strings, worksheet
from gsp.uploads.formats.worksheet_parser import parsed_rows
from gsp.uploads.sheet import Unreadable
from tests.uploads import makers as make
from tests.uploads.files import read, repacked, xlsx

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
CELL = st.none() | TEXT | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
DAMAGED = {
    "xlsx": (make.excel(), make.SHEET),
    "shared.xlsx": (make.excel(), "xl/sharedStrings.xml"),
    "styles.xlsx": (make.excel(), "xl/styles.xml"),
    "workbook.xlsx": (make.excel(), "xl/workbook.xml"),
    "links.xlsx": (make.excel(), "xl/_rels/workbook.xml.rels"),
    "ods": (make.opendocument(), "content.xml"),
}


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


@pytest.mark.parametrize("content", [make.excel(), make.google(), make.by_libreoffice()])
def test_usual_spelling_goes_the_quick_way(content):
    sheet = part(content, make.SHEET)
    assert len(list(worksheet._usual(io.BytesIO(sheet)))) == 3


def test_other_spelling_does_not():
    sheet = part(make.prefixed(), make.SHEET)
    with pytest.raises(worksheet.UnusualError):
        list(worksheet._usual(io.BytesIO(sheet)))


def test_sheet_that_turns_unusual_in_the_middle_loses_no_row():
    rows = "".join(
        f'<row r="{n}"></row><row r="{n + 1}"><c r="A{n + 1}" s="1"/></row>'
        f'<row r="{n + 2}"><c r="A{n + 2}"><v>{n}</v></c></row>'
        for n in range(1, 30_000, 3)
    )
    last = '<row r="40000"><c r="A40000" cm="1"><v>0</v></c></row>'
    table = read("a.xlsx", make.sheet_of(rows + last))
    numbers = [table.header.number, *(row.number for row in table.rows)]
    assert numbers == [*range(3, 30_002, 3), 40_000]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELL, max_size=30), max_size=12))
def test_both_ways_agree(rows):
    content = xlsx(["reference"], *rows)
    sheet, texts = part(content, make.SHEET), part(content, "xl/sharedStrings.xml")
    quick, parsed = (
        [(number, [tuple(cell) for cell in cells if cell[3]]) for number, cells in found]
        for found in (worksheet._usual(io.BytesIO(sheet)), parsed_rows(io.BytesIO(sheet)))
    )
    assert [row for row in quick if row[1]] == parsed
    assert strings._usual(io.BytesIO(texts)) == strings._parsed(io.BytesIO(texts))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(sorted(DAMAGED)), st.floats(0, 0.999), st.binary(max_size=6), st.integers(0, 9)
)
def test_damaged_part_gives_rows_or_a_refusal(kind, place, new, cut):
    content, name = DAMAGED[kind]
    before = part(content, name)
    at = int(place * len(before))
    changed = repacked(content, {name: before[:at] + new + before[at + cut :]})
    _rows_or_refusal(f"a.{kind}", changed)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(["xlsx", "ods", "csv"]),
    st.floats(0, 0.999),
    st.binary(max_size=6),
    st.integers(0, 9),
)
def test_damaged_file_gives_rows_or_a_refusal(kind, place, new, cut):
    content = {"xlsx": make.excel(), "ods": make.opendocument(), "csv": make.csv()}[kind]
    at = int(place * len(content))
    _rows_or_refusal(f"a.{kind}", content[:at] + new + content[at + cut :])


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.floats(0, 0.999), st.binary(min_size=1, max_size=6))
def test_damaged_old_excel_gives_rows_or_a_refusal(place, new):
    content = make.old_excel()
    at = int(place * len(content))
    _rows_or_refusal("a.xls", content[:at] + new + content[at + len(new) :])


def _rows_or_refusal(name, content):
    try:
        table = read(name, content)
    except Unreadable:
        return
    assert table.rows
    assert all(isinstance(cell, str) for row in table.rows for cell in row.cells)
