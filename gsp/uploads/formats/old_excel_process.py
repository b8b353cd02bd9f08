"""Reads an old Excel file (XLS) in a process of its own, with little memory and little time.

The layout is old and full of counts that a parser has to believe. Whatever goes wrong here ends
this process, not the worker. Run as a script with the path as its argument; it prints one JSON
value a line: first what it found, then ``[row number, cells]``, last ``"end"``.
"""

import json
import resource
import struct
import sys
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 384 * 1024 * 1024
SECONDS = 20
FREE, LAST = 0xFFFFFFFF, 0xFFFFFFFA  # sector numbers from here on mean no sector
END_OF_SHEET, SHEET, FORMULA, BOOLEAN_OR_ERROR, DATE_SYSTEM = 0x0A, 0x85, 0x06, 0x205, 0x22
PROGRAMS = (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}


def main(path: str) -> None:
    """Print the rows of the first visible sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = Path(path).read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return tell({"refused": "protected"})
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in content:
        return tell({"refused": "macros"})
    try:
        with CalamineWorkbook.from_path(path) as book:
            return read(book, content)
    except PasswordError:
        return tell({"refused": "protected"})
    except CalamineError:
        return tell({"refused": "broken_workbook"})


def read(book: CalamineWorkbook, content: bytes) -> None:
    """Print what the first visible sheet holds."""
    visible = [
        (place, sheet.name)
        for place, sheet in enumerate(book.sheets_metadata)
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    ]
    if not visible:
        return tell({"refused": "empty"})
    records = Records(workbook_stream(content))
    if any(sheet.typ in PROGRAMS for sheet in book.sheets_metadata):
        return tell({"refused": "macros"})
    if len(records.sheets) < len(book.sheets_metadata):
        return tell({"refused": "broken_workbook"})
    place, name = visible[0]
    sheet = book.get_sheet_by_index(place)
    tell(
        {
            "sheet": name,
            "others": len(visible) - 1,
            "rows": sheet.end[0] + 1 if sheet.end else 0,
            "date_system": 1904 if records.counts_from_1904 else 1900,
        }
    )
    return rows(sheet, records.errors_of(place))


def rows(sheet, errors: dict[tuple[int, int], str]) -> None:
    """Print the rows, with the errors of formulas where the parser leaves nothing."""
    top, left = sheet.start or (0, 0)
    wrong = {row for row, _column in errors}
    for number, cells in enumerate(sheet.iter_rows(), start=top):
        texts = [""] * left + [as_json(cell) for cell in cells]
        if number in wrong:
            for column in range(len(texts)):
                texts[column] = errors.get((number, column), texts[column])
        if any(text != "" for text in texts):
            tell([number + 1, texts])
    tell("end")


def as_json(cell):
    """Return a text or a number."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat().removesuffix("T00:00:00")
    return cell if isinstance(cell, str | float | int) else str(cell)


def tell(value) -> None:
    """Print one value on one line."""
    sys.stdout.write(json.dumps(value) + "\n")


def workbook_stream(content: bytes) -> bytes:
    """Return the stream of records out of the compound file, or nothing where it is damaged."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]

    def sector(number):
        return content[(number + 1) * size : (number + 2) * size]

    def numbers(block):
        return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])

    table_sectors = [one for one in numbers(content[76:512]) if one < LAST]
    more, left = struct.unpack_from("<II", content, 68)
    while more < LAST and left and len(table_sectors) < len(content) // size:
        *here, more = numbers(sector(more))
        table_sectors += [one for one in here if one < LAST]
    table = [one for number in table_sectors for one in numbers(sector(number))]

    def chain(start):
        blocks = []
        while start < len(table) and len(blocks) <= len(table):
            blocks.append(sector(start))
            start = table[start]
        return b"".join(blocks)

    directory = chain(struct.unpack_from("<I", content, 48)[0])
    for place in range(0, len(directory) - 127, 128):
        name = directory[place : place + 64].decode("utf-16-le", "replace").partition("\x00")[0]
        if name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", directory, place + 116)
            return chain(start)[:length]
    return b""


class Records:
    """The records of a workbook: which formulas failed, and from when days are counted."""

    def __init__(self, stream: bytes):
        self.errors: list[tuple[int, int, int, int]] = []
        self.sheets: list[int] = []
        self.counts_from_1904 = False
        place = 0
        while place + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, place)
            self._take(kind, stream[place + 4 : place + 4 + length], place)
            place += 4 + length

    def _take(self, kind: int, data: bytes, place: int) -> None:
        if kind == SHEET and len(data) >= 4:
            self.sheets.append(struct.unpack_from("<I", data)[0])
        elif kind == DATE_SYSTEM:
            self.counts_from_1904 = data[:1] == b"\x01"
        elif kind == BOOLEAN_OR_ERROR and len(data) >= 8 and data[7]:
            self.errors.append((place, *struct.unpack_from("<HH", data), data[6]))
        elif kind == FORMULA and data[6:7] == b"\x02" and data[12:14] == b"\xff\xff":
            self.errors.append((place, *struct.unpack_from("<HH", data), data[8]))

    def errors_of(self, sheet: int) -> dict[tuple[int, int], str]:
        """Return row and column, counted from 0, of the failed formulas of a sheet."""
        start = self.sheets[sheet]
        end = min((one for one in self.sheets if one > start), default=FREE)
        return {
            (row, column): ERRORS.get(code, "#N/A")
            for place, row, column, code in self.errors
            if start <= place < end
        }


if __name__ == "__main__":
    main(sys.argv[1])
