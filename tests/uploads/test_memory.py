"""What reading costs in memory: nothing grows with the file, however large or hostile it is."""

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlwt
from django.conf import settings

from tests.uploads import makers as make
from tests.uploads.test_thirty_files import HOSTILE

MB = 1024 * 1024
LIMIT = 250  # of the 400 MB a worker may take; the rest is the platform itself
READER = """
import json, re, resource, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False, UPLOAD_MAX_BYTES=25 * 1024 * 1024)
from gsp.uploads.reader import open_table
from gsp.uploads.sheet import Unreadable
for line in sys.stdin:
    path, name = json.loads(line)
    try:
        with open_table(Path(path), name) as table:
            print(sum(1 for row in table.rows))
    except Unreadable as refusal:
        print(refusal.code)
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the kernel does not tell the peak of memory"
)


def outcomes(tmp_path, files):
    """What became of each file, and the peak in MB of the reading process and of its children."""
    told = []
    for number, (name, content) in enumerate(files):
        path = tmp_path / str(number)
        path.write_bytes(content)
        told.append(json.dumps([str(path), name]))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READER],
        input="\n".join(told),
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    *found, peak, peak_of_children = done.stdout.split()
    return found, int(peak), int(peak_of_children)


def large_workbook(rows, columns):
    """A workbook of so many numbers and texts, all different."""
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    letters = [chr(65 + place) for place in range(columns)]
    strings, lines = [], []
    for number in range(rows + 1):
        first = len(strings)
        strings += [f"<si><t>text {number} {letter}</t></si>" for letter in letters[:6]]
        cells = [
            f'<c r="{letter}{number + 1}" t="s"><v>{first + place}</v></c>'
            if place < 6
            else f'<c r="{letter}{number + 1}"><v>{number}.{place}</v></c>'
            for place, letter in enumerate(letters)
        ]
        lines.append(f'<row r="{number + 1}">{"".join(cells)}</row>')
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make.excel())) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in set(old.namelist()) - {make.SHEET, "xl/sharedStrings.xml"}:
            new.writestr(name, old.read(name))
        new.writestr(make.SHEET, f"{start}{''.join(lines)}</sheetData></worksheet>")
        new.writestr("xl/sharedStrings.xml", f"<sst>{''.join(strings)}</sst>")
    return written.getvalue()


def far_cell_in_old_excel():
    """An old Excel file whose two cells span 16 million, which its parser wants to hold."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    sheet.write(0, 0, "reference")
    sheet.write(65_535, 255, "far")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def padded(part, content):
    """A workbook with a part of many small things, packed no more than is allowed."""
    noise = random.Random(7).randbytes(2 * MB)
    return make.repacked(make.excel(), {part: content, "xl/media/noise": noise})


START = b'<worksheet xmlns="x"><sheetData>'
CELLS = START + b"<row>" + b"<c><v>1</v></c>" * 12_000_000
SAME = START + b"<row>" + b'<c r="A1"><v>1</v></c>' * 9_000_000
STRAY = START + b'<row r="1">' + b"x" * 7_000_000 + b"</row></sheetData></worksheet>"
ROWS = START + b"<row></row>" * 20_000_000
TEXTS = b"<sst>" + b"<si><t>a</t></si>" * 14_000_000 + b"</sst>"
STRAY_TEXT = b"<sst>" + b"x" * 7_000_000 + b"</si></sst>"
ONE_TEXT = b"<sst><si>" + b"<r><t>a</t></r>" * 16_000_000 + b"</si></sst>"


def test_large_lists_stay_below_the_limit(tmp_path):
    files = [
        ("a.xlsx", large_workbook(100_000, 18)),
        ("a.csv", make.csv(rows=make.READ * 50_000)),
    ]
    found, peak, _children = outcomes(tmp_path, files)
    assert found == ["100000", "100000"]
    assert peak < LIMIT


def test_hostile_files_stay_below_the_limit(tmp_path):
    expected = [(name, content, code) for name, content, code in HOSTILE.values()]
    expected += [
        ("a.xls", far_cell_in_old_excel(), "broken_workbook"),
        ("a.xlsx", padded(make.SHEET, CELLS), "too_large"),
        ("a.xlsx", padded(make.SHEET, SAME), "too_large"),
        ("a.xlsx", padded(make.SHEET, STRAY), "empty"),
        ("a.xlsx", padded(make.SHEET, ROWS), "too_large"),
        ("a.xlsx", padded("xl/sharedStrings.xml", TEXTS), "zip_bomb"),
        ("a.xlsx", padded("xl/sharedStrings.xml", STRAY_TEXT), "broken_workbook"),
        ("a.xlsx", padded("xl/sharedStrings.xml", ONE_TEXT), "zip_bomb"),
    ]
    files = [(name, content) for name, content, _code in expected]
    found, peak, peak_of_children = outcomes(tmp_path, files)
    assert found == [code for _name, _content, code in expected]
    assert peak < LIMIT
    assert peak_of_children < LIMIT
