"""Files as people and attackers send them, made with real writers."""

import io
import struct
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

import xlsxwriter

from gsp.uploads.reader import UNDECIDED, open_table


def read(file_name: str, content: bytes, reading=UNDECIDED):
    """The table of a file, its rows as a tuple."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        with open_table(Path(file.name), file_name, reading) as table:
            table.rows = tuple(table.rows)
            return table


def csv(*lines: str, delimiter=",", bom=False) -> bytes:
    """Lines written with commas, in another delimiter if wanted."""
    text = "\r\n".join(line.replace(",", delimiter) for line in lines) + "\r\n"
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode()


def xlsx(*rows, **options) -> bytes:
    """A workbook whose first sheet holds the rows; texts stay texts."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "remove_timezone": True} | options
    with xlsxwriter.Workbook(written, options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                dated = hasattr(cell, "isoformat")
                sheet.write(number, place, cell, *([day] if dated else []))
    return written.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The same workbook with some parts added or replaced, deflated."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return written.getvalue()


def claiming(content: bytes, part: str, size: int) -> bytes:
    """The same archive, whose directory claims another unpacked size for one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true = archive.getinfo(part).file_size
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode()))
    changed = bytearray(content)
    assert struct.unpack_from("<I", changed, place + 24)[0] == true
    struct.pack_into("<I", changed, place + 24, size)
    return bytes(changed)
