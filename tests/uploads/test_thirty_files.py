"""More than thirty files, clean, messy and hostile, each with its exact outcome."""

import time
import unicodedata

import pytest

from gsp.uploads.reader import open_table
from gsp.uploads.sheet import MAX_ROWS, Reading, Unreadable
from tests.uploads import makers as make
from tests.uploads.files import claiming, repacked, xlsx
from tests.uploads.makers import HEADER, READ, SHEET

HABITS = Reading()
SHEET_NAME = {"sheet": "Sheet “Cohort 7”", "other_sheets": "1 other sheet was not read."}
SEMICOLON = "Cells are divided by: semicolon"
LATIN = [("007", "Zoë", "2001-02-28", "+383 44 123 456", "2600.5")]
POLISH = [("007", "Łukasz Źrebię", "2001-02-28", "+383 44 123 456", "2600.5")]
CYRILLIC = [("007", "Дмитрий", "2001-02-28", "+383 44 123 456", "2600.5")]


def told(encoding, delimiter):
    return {"encoding": f"Encoding: {encoding}", "delimiter": f"Cells are divided by: {delimiter}"}


CLEAN = {
    "UTF-8": ("a.csv", make.csv(), HABITS, READ, told("UTF-8", "comma")),
    "UTF-8 with its mark": (
        "a.csv",
        make.csv(";", "utf-8-sig"),
        HABITS,
        READ,
        told("UTF-8", "semicolon"),
    ),
    "UTF-16 with tabs": (
        "a.txt",
        make.csv("\t", "utf-16"),
        HABITS,
        READ,
        told("UTF-16", "tab"),
    ),
    "UTF-16 without its mark": (
        "a.tsv",
        make.csv("\t", "utf-16-be"),
        HABITS,
        READ,
        told("UTF-16", "tab"),
    ),
    "Windows-1252": (
        "a.csv",
        make.csv(";", "cp1252", LATIN),
        HABITS,
        LATIN,
        told("Windows-1252", "semicolon"),
    ),
    "UTF-8 whatever the centre said": (
        "a.csv",
        make.csv(),
        Reading(encoding="cp1252"),
        READ,
        told("UTF-8", "comma"),
    ),
    "Windows-1250 as the centre said": (
        "a.csv",
        make.csv(";", "cp1250", POLISH),
        Reading(encoding="cp1250"),
        POLISH,
        told("Windows-1250", "semicolon"),
    ),
    "Windows-1251 as the centre said": (
        "a.csv",
        make.csv(";", "cp1251", CYRILLIC),
        Reading(encoding="cp1251"),
        CYRILLIC,
        told("Windows-1251", "semicolon"),
    ),
    "a line for Excel first": (
        "a.csv",
        make.csv(";", before="sep=;\r\n"),
        HABITS,
        READ,
        told("UTF-8", "semicolon"),
    ),
    "titles above": (
        "a.csv",
        make.csv(before="Cohort 7\r\n\r\nAs of today\r\n"),
        HABITS,
        READ,
        told("UTF-8", "comma") | {"titles": "Left out above the headings: Cohort 7 · As of today"},
    ),
    "Excel": ("a.xlsx", make.excel(), HABITS, READ, SHEET_NAME),
    "Excel that counts from 1904": (
        "a.XLSX",
        make.excel(date_1904=True),
        HABITS,
        READ,
        SHEET_NAME | {"dates": "This workbook counts its days from 1904."},
    ),
    "Google": ("a.xlsx", make.google(), HABITS, READ, {"sheet": "Sheet “Form responses 1”"}),
    "an Open XML kit": ("a.xlsx", make.prefixed(), HABITS, READ, SHEET_NAME),
    "a kit of 64 bits": (
        "a.xlsx",
        make.with_large_directory_record(make.excel()),
        HABITS,
        READ,
        SHEET_NAME,
    ),
    "LibreOffice as XLSX": ("a.xlsx", make.by_libreoffice(), HABITS, READ, SHEET_NAME),
    "LibreOffice": ("a.ods", make.opendocument(), HABITS, READ, {"sheet": "Sheet “Liste”"}),
    "old Excel": ("a.xls", make.old_excel(), HABITS, READ, {"sheet": "Sheet “Liste”"}),
    "old Excel that counts from 1904": (
        "a.xls",
        make.old_excel(counts_from_1904=True),
        HABITS,
        READ,
        {"sheet": "Sheet “Liste”", "dates": "This workbook counts its days from 1904."},
    ),
}


def opened(tmp_path, name, content, reading=HABITS):
    path = tmp_path / "stored"
    path.write_bytes(content)
    with open_table(path, name, reading) as table:
        rows = [row.cells for row in table.rows]
        return table, rows


@pytest.mark.parametrize(
    ("name", "content", "reading", "rows", "findings"), CLEAN.values(), ids=CLEAN
)
def test_list_reads_the_same_from_every_program(tmp_path, name, content, reading, rows, findings):
    table, found = opened(tmp_path, name, content, reading)
    assert table.header.cells == HEADER
    assert found == rows
    assert table.findings == findings
    assert table.total in (None, len(rows))


@pytest.mark.parametrize(
    ("ending", "wanted"), [(".ods", "xlsx"), (".xlsx", "ods"), (".ods", "xls")]
)
def test_list_saved_by_libreoffice_itself(tmp_path, ending, wanted):
    content = make.opendocument() if ending == ".ods" else make.excel()
    saved = make.libreoffice(content, ending, wanted, tmp_path)
    assert opened(tmp_path, f"a.{wanted}", saved)[1] == READ


def strings(*texts):
    """Rows of one sheet, one text in each, under a heading."""
    cells = ["<row r='1'><c r='A1' t='inlineStr'><is><t>name</t></is></c></row>"]
    cells += [f'<row r="{n}"><c r="A{n}" {text}</c></row>' for n, text in enumerate(texts, start=2)]
    return make.sheet_of("".join(cells))


MESSY = {
    "rich text with its sounds": (
        't="inlineStr"><is><r><t>Ar</t></r><r><t xml:space="preserve">ta </t></r>'
        "<rPh sb='0' eb='1'><t>x</t></rPh></is>",
        "Arta",
    ),
    "escapes": ('t="str"><v>A &amp; B_x0041_&#233;</v>', "A & BAé"),
    "what no database keeps": ('t="str"><v>A_x0000_B_xD83D_C</v>', "AB_xD83D_C"),
    "a section of its own": ('t="inlineStr"><is><t><![CDATA[a<b]]></t></is>', "a<b"),
    "decomposed letters": (f't="str"><v>{unicodedata.normalize("NFD", "Zoë")}</v>', "Zoë"),
    "a formula's result": ("><f>1+1</f><v>2</v>", "2"),
    "a failed formula": ('t="e"><f>NA()</f><v>#N/A</v>', "#N/A"),
    "a rounded number": ("><v>1.2345678901234567E+17</v>", "1.23456789012346e+17"),
    "fifteen digits": ("><v>123456789012345</v>", "123456789012345"),
    "a sum of tenths": ("><v>0.30000000000000004</v>", "0.3"),
    "a thousandth": ("><v>1.234</v>", "1.2340"),
    "a very small number": ("><v>1E-7</v>", "0.0000001"),
    "yes": ('t="b"><v>1</v>', "yes"),
    "a day in ISO form": ('t="d"><v>2026-11-22T00:00:00</v>', "2026-11-22"),
    "a line break": ('t="str"><v>a\nb</v>', "a\nb"),
}


@pytest.mark.parametrize(("cell", "read"), MESSY.values(), ids=MESSY)
def test_cell_is_read_as_a_reader_sees_it(tmp_path, cell, read):
    assert opened(tmp_path, "a.xlsx", strings(cell))[1] == [(read,)]


def test_number_is_written_with_the_centres_sign(tmp_path):
    content = strings("><v>1.234</v>", "><v>-2600.5</v>", "><v>1800</v>")
    rows = opened(tmp_path, "a.xlsx", content, Reading(decimal=","))[1]
    assert rows == [("1,234",), ("-2600,5",), ("1800",)]


def test_failed_formula_of_old_excel_is_seen(tmp_path):
    content = make.failed_formula_in_old_excel()
    assert opened(tmp_path, "a.xls", content)[1] == [("007", "#N/A")]


def test_characters_that_nobody_sees_are_counted(tmp_path):
    rows = [("007\u200b", "Zoë", "2001-02-28", "\u202a+383 44 123 456\u202c", "1"), *READ]
    table, found = opened(tmp_path, "a.csv", make.csv(";", rows=rows))
    assert found == rows
    assert table.findings["invisible"] == (
        "1 row holds characters that nobody sees; numbers are read without them."
    )


def test_apostrophe_of_our_own_files_is_taken_away(tmp_path):
    rows = [("007", "'=1+1", "'@a", "'+383", "'t Hart")]
    assert opened(tmp_path, "a.csv", make.csv(rows=rows))[1] == [
        ("007", "=1+1", "@a", "+383", "'t Hart")
    ]


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BOMB = ENTITIES + b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
MANIFEST = b"<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
MACRO_TYPE = (
    rb"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
    b"macroEnabled",
)
BINARY_TYPE = (MACRO_TYPE[0], b"application/vnd.ms-excel.sheet.binary.macroEnabled.main")
TYPES = "[Content_Types].xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
PROJECT = "_VBA_PROJECT_CUR".encode("utf-16-le")
EXCEL, OLD, ODS = make.excel(), make.old_excel(), make.opendocument()


def test_text_that_is_not_in_the_encoding_said_is_refused(tmp_path):
    content = make.csv(";", "cp1252", LATIN)
    with pytest.raises(Unreadable, match=r"This text is not written in UTF-8\."):
        opened(tmp_path, "a.csv", content, Reading(encoding="utf-8"))


HOSTILE = {
    "nothing": ("a.csv", b"", "empty"),
    "empty lines": ("a.csv", b"\r\n;;\r\n", "empty"),
    "only separators": ("a.csv", b",,,\n,,\n", "empty"),
    "an empty workbook": ("a.xlsx", xlsx(), "empty"),
    "headings only": ("a.csv", make.csv(rows=()), "no_rows"),
    "headings only in a workbook": ("a.xlsx", xlsx(["reference"]), "no_rows"),
    "bytes": ("a.csv", b"reference\nA\x001\n", "wrong_type"),
    "a document": ("a.pdf", b"%PDF-1.7 reference", "wrong_type"),
    "too many columns": ("a.csv", b"a," * 200 + b"a\n1\n", "too_large"),
    "an open quotation mark": ("a.csv", b'reference\n"A1\n', "broken_csv"),
    "Windows-1250 unsaid": ("a.csv", make.csv(";", "cp1250", POLISH), "encoding"),
    "Windows-1251 unsaid": ("a.csv", make.csv(";", "cp1251", CYRILLIC), "encoding"),
    "1,000,000 columns as text": ("a.csv", b"a," * 1_000_000 + b"a\n1\n", "too_large"),
    "a million rows as text": ("a.csv", b"a\n" + b"1\n" * 1_000_000, "too_large"),
    "a cell without end": ("a.csv", b'a\n"' + b"x" * 9_000_000, "broken_csv"),
    "a workbook called table": ("a.csv", EXCEL, "wrong_type"),
    "a table called workbook": ("a.xlsx", make.csv(), "wrong_type"),
    "a spreadsheet called workbook": ("a.xlsx", ODS, "wrong_type"),
    "old Excel called new": ("a.xlsx", OLD, "wrong_type"),
    "a web page called Excel": ("a.xls", b"<html><table><tr><td>a", "wrong_type"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "wrong_type"),
    "an archive in an archive": ("a.xlsx", make.zipped(**{"list.xlsx": EXCEL}), "wrong_type"),
    "macros": ("a.xlsx", repacked(EXCEL, {"xl/vbaProject.bin": b"x"}), "macros"),
    "the ending of macros": ("a.xlsm", EXCEL, "macros"),
    "the type of macros": ("a.xlsx", make.changed(EXCEL, TYPES, *MACRO_TYPE), "macros"),
    "a binary workbook": ("a.xlsx", make.changed(EXCEL, TYPES, *BINARY_TYPE), "wrong_type"),
    "macros in old Excel": ("a.xls", OLD + PROJECT, "macros"),
    "macros in a spreadsheet": ("a.ods", repacked(ODS, {"Basic/Standard/a.xml": b"x"}), "macros"),
    "a password": ("a.xlsx", make.sealed(), "protected"),
    "a password in old clothes": ("a.xls", make.sealed(), "protected"),
    "an encrypted spreadsheet": (
        "a.ods",
        repacked(ODS, {"META-INF/manifest.xml": MANIFEST}),
        "protected",
    ),
    "an encrypted part": ("a.xlsx", make.encrypted_part(EXCEL), "protected"),
    "a zip bomb": ("a.xlsx", repacked(EXCEL, {"xl/media/a": bytes(200_000_000)}), "zip_bomb"),
    "a claim of 2 GB": ("a.xlsx", claiming(EXCEL, SHEET, 2**31 - 1), "zip_bomb"),
    "a false claim": ("a.xlsx", claiming(EXCEL, SHEET, 100), "broken_workbook"),
    "30,000 parts": ("a.xlsx", make.crowded(30_000), "zip_bomb"),
    "entities in the sheet": ("a.xlsx", repacked(EXCEL, {SHEET: BOMB}), "broken_workbook"),
    "entities in the texts": (
        "a.xlsx",
        repacked(EXCEL, {"xl/sharedStrings.xml": BOMB}),
        "broken_workbook",
    ),
    "entities in a spreadsheet": ("a.ods", repacked(ODS, {"content.xml": BOMB}), "broken_workbook"),
    "a far cell": ("a.xlsx", make.sheet_of(FAR.format(2, "XFD")), "too_large"),
    "1,000,000 columns": ("a.xlsx", make.sheet_of(FAR.format(2, "BDWGN")), "too_large"),
    "a deep cell": ("a.xlsx", make.sheet_of(FAR.format(1_048_576, "A")), "too_large"),
    "a row beyond all": ("a.xlsx", make.sheet_of(FAR.format(2_000_000, "A")), "too_large"),
    "repeats without end": ("a.ods", make.opendocument((), 1_048_576, 16_384), "too_large"),
    "1,000,000 repeated columns": ("a.ods", make.opendocument((), 1, 1_000_000), "too_large"),
    "a text that is not there": (
        "a.xlsx",
        make.sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
        "broken_workbook",
    ),
    "half a character": (
        "a.xlsx",
        make.sheet_of('<row r="1"><c r="A1" t="str"><v>&#xD83D;</v></c></row>'),
        "broken_workbook",
    ),
    "a cut workbook": ("a.xlsx", EXCEL[:3000], "broken_workbook"),
    "a cut spreadsheet": ("a.ods", ODS[:1000], "broken_workbook"),
    "a cut old Excel": ("a.xls", OLD[:2000], "broken_workbook"),
    "half a sheet": (
        "a.xlsx",
        make.changed(EXCEL, SHEET, rb"</row></sheetData>.*", b""),
        "broken_workbook",
    ),
}


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_at_once(tmp_path, name, content, code):
    started = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        opened(tmp_path, name, content)
    assert time.monotonic() - started < 2
    assert refusal.value.code == code
    assert refusal.value.field == "file"
    assert refusal.value.message
    assert refusal.value.remedy


def test_largest_list_is_read(tmp_path):
    content = b"reference\n" + b"A1\n" * MAX_ROWS
    table, rows = opened(tmp_path, "a.csv", content)
    assert len(rows) == MAX_ROWS
    assert table.total == pytest.approx(MAX_ROWS, rel=0.001)
    with pytest.raises(Unreadable):
        opened(tmp_path, "a.csv", content + b"A1\n")


def test_rows_stream(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(make.csv(rows=READ * 10) + b'"never closed')
    with open_table(path, "a.csv") as table:
        for place in range(20):
            assert next(table.rows).cells == READ[place % 2]
        with pytest.raises(Unreadable, match=r"Line 22 of the file cannot be read\."):
            next(table.rows)
