"""Writes tables that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable

# What a spreadsheet may run when a cell of a CSV file begins with it; full-width signs count too
DANGEROUS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?", re.ASCII)


def safe_csv_cell(text: str) -> str:
    """Return a text for a cell of a CSV file, with an apostrophe in front where it might run.

    Our own reader takes the apostrophe away again. Negative numbers stay numbers.
    """
    if DANGEROUS.match(text) and not NEGATIVE.fullmatch(text):
        return f"'{text}"
    return text


def csv_file(lines: Iterable[Iterable[object]]) -> bytes:
    """Return a CSV file in UTF-8 with its mark, so that every spreadsheet opens it rightly."""
    written = io.StringIO()
    csv.writer(written).writerows([safe_csv_cell(str(cell)) for cell in line] for line in lines)
    return written.getvalue().encode("utf-8-sig")
