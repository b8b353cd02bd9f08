"""The same list as each program saves it, and files made to do harm."""

import io
import re
import shutil
import struct
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf import dc, office, table, text
from odf.opendocument import OpenDocumentSpreadsheet

from tests.uploads.files import repacked

HEADER = ("reference", "given_name", "birth_date", "phone", "wage")
DAY, EARLIER = date(2001, 2, 28), date(1999, 12, 31)
ROWS = (
    ("007", "Zoë", DAY, "+383 44 123 456", 2600.5),
    ("123456789012", "محمد", EARLIER, "=1+1", 1800),
)
# What every one of them must be read as
READ = [
    ("007", "Zoë", "2001-02-28", "+383 44 123 456", "2600.5"),
    ("123456789012", "محمد", "1999-12-31", "=1+1", "1800"),
]
SHEET = "xl/worksheets/sheet1.xml"


def csv(delimiter=",", encoding="utf-8", rows=READ, before="") -> bytes:
    """A text table; cells that hold the delimiter are quoted."""
    lines = [
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row)
        for row in (HEADER, *rows)
    ]
    return (before + "\r\n".join(lines) + "\r\n").encode(encoding)


def excel(**options) -> bytes:
    """A workbook as Excel saves it: shared texts, styled days, a column of width, a note."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False} | options
    with xlsxwriter.Workbook(written, options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Cohort 7")
        book.add_worksheet("Codes")
        sheet.set_column(0, 4, 20)
        sheet.write_row(0, 0, HEADER)
        sheet.write_comment(0, 0, "Your own number")
        for number, row in enumerate(ROWS, start=1):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, *([day] if isinstance(cell, date) else []))
    return written.getvalue()


def google() -> bytes:
    """A workbook as Google's export: texts in their cells, own styles, no dimension."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Form responses 1")
    for row in (HEADER, *ROWS):
        cells = [openpyxl.cell.WriteOnlyCell(sheet, cell) for cell in row]
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "d/m/yyyy;@"
            elif cell.value == "=1+1":
                cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def prefixed() -> bytes:
    """A workbook as the Open XML kits save it: every element with a prefix."""
    content = excel()
    for part in (SHEET, "xl/sharedStrings.xml"):
        content = changed(content, part, rb"<(/?)(\w)", rb"<\1x:\2")
        content = changed(content, part, rb" xmlns=", b" xmlns:x=")
    return content


def by_libreoffice() -> bytes:
    """A workbook spelt as LibreOffice spells XLSX: much said of every row, formulas with a mark."""
    said = rb'<row r="\1" customFormat="false" ht="12.8" hidden="false" outlineLevel="0">'
    content = changed(excel(), SHEET, rb'<row r="(\d+)"[^>]*>', said)
    content = changed(content, SHEET, rb"<v>2600.5</v>", b'<f aca="false">A1*2</f><v>2600.5</v>')
    return changed(content, SHEET, rb"(<sheetData>)", rb"\n\1")


def opendocument(rows=ROWS, repeated_rows=0, repeated_columns=0) -> bytes:
    """A spreadsheet as LibreOffice saves it: repeats, a comment inside a cell, a hidden rest."""
    document = OpenDocumentSpreadsheet()
    sheet = table.Table(name="Liste")
    for row in (HEADER, *rows):
        line = table.TableRow()
        for cell in row:
            line.addElement(_cell(cell))
        line.addElement(table.TableCell(numbercolumnsrepeated=16_000))
        sheet.addElement(line)
    if repeated_rows:
        line = table.TableRow(numberrowsrepeated=repeated_rows)
        many = table.TableCell(numbercolumnsrepeated=repeated_columns, valuetype="float", value=1)
        line.addElement(many)
        sheet.addElement(line)
    blank = table.TableRow(numberrowsrepeated=1_048_000)
    blank.addElement(table.TableCell(numbercolumnsrepeated=16_384))
    sheet.addElement(blank)
    document.spreadsheet.addElement(sheet)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _cell(value):
    if isinstance(value, date):
        return table.TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return table.TableCell(valuetype="float", value=value)
    cell = table.TableCell(valuetype="string")
    if value == "007":
        note = office.Annotation()
        note.addElement(dc.Creator(text="Arta"))
        note.addElement(text.P(text="not this"))
        cell.addElement(note)
    cell.addElement(text.P(text=value))
    return cell


def old_excel(*, counts_from_1904=False) -> bytes:
    """An old Excel file."""
    book = xlwt.Workbook()
    book.dates_1904 = counts_from_1904
    sheet = book.add_sheet("Liste")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for number, row in enumerate((HEADER, *ROWS)):
        for place, cell in enumerate(row):
            is_day = isinstance(cell, date)
            cell = datetime(cell.year, cell.month, cell.day) if is_day else cell
            sheet.write(number, place, cell, *([day] if is_day else []))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def libreoffice(content: bytes, ending: str, wanted: str, folder: Path) -> bytes:
    """A file saved anew by LibreOffice itself, where it is installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    (folder / f"list{ending}").write_bytes(content)
    into = ["--convert-to", wanted, "--outdir", folder / "out"]
    subprocess.run(
        [program, "--headless", *into, folder / f"list{ending}"], check=True, timeout=120
    )
    return (folder / "out" / f"list.{wanted}").read_bytes()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same archive with a part's text replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        before = archive.read(part)
    after = re.sub(old, new, before)
    assert after != before
    return repacked(content, {part: after})


def sheet_of(cells: str) -> bytes:
    """A workbook whose sheet holds these rows of XML, with no shared texts."""
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return repacked(excel(), {SHEET: f"{start}{cells}</sheetData></worksheet>".encode()})


def zipped(**parts: bytes) -> bytes:
    """An archive with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_large_directory_record(content: bytes) -> bytes:
    """The same archive as kits write that always reckon with 64 bits."""
    place = content.rindex(b"PK\x05\x06")
    parts, size, start = struct.unpack_from("<HII", content, place + 10)
    numbers = (44, 45, 45, 0, 0, parts, parts, size, start)
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", *numbers)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, place, 1)
    return content[:place] + record + locator + content[place:]


def encrypted_part(content: bytes) -> bytes:
    """The same archive, whose first part says that it is encrypted."""
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def sealed() -> bytes:
    """A workbook with a password: an old compound file around an encrypted package."""
    entry = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry + bytes(480)


def crowded(parts: int) -> bytes:
    """A workbook with thousands of parts nobody needs."""
    return repacked(excel(), {f"xl/media/{number}.txt": b"" for number in range(parts)})


def failed_formula_in_old_excel() -> bytes:
    """An old Excel file in which a number gives way to what a failed formula leaves."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    for place, cell in enumerate(("reference", "wage")):
        sheet.write(0, place, cell)
    sheet.write(1, 0, "007")
    sheet.write(1, 1, 1 / 3)
    written = io.BytesIO()
    book.save(written)
    content = bytearray(written.getvalue())
    found = content.index(struct.pack("<HHHH", 0x203, 14, 1, 1))
    style = struct.unpack_from("<H", content, found + 8)[0]
    failed = struct.pack("<HHHHHBB", 0x205, 8, 1, 1, style, 42, 1)
    content[found : found + 18] = failed + struct.pack("<HHH", 0x1FF, 2, 0)
    return bytes(content)
