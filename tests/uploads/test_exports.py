"""Nothing that we write runs in a spreadsheet, and our own reader gets back what was meant."""

import pytest

from gsp.uploads.exports import csv_file, safe_csv_cell
from tests.uploads.files import read


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+383 44 123 456", "'+383 44 123 456"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("-2600,50", "-2600,50"),
        ("Arta", "Arta"),
        ("O'Neill", "O'Neill"),
        ("", ""),
    ],
)
def test_text_that_might_run_gets_an_apostrophe(text, written):
    assert safe_csv_cell(text) == written


def test_file_is_read_back_as_it_was_meant():
    lines = [("reference", "note"), ("A1", "=1+1"), ("A2", "'t Hart, Zoë"), ("A3", "+383")]
    content = csv_file(lines)
    assert content.startswith(b"\xef\xbb\xbfreference,note\r\n")
    assert [row.cells for row in read("list.csv", content).rows] == lines[1:]
