"""Reads text tables, with comma, semicolon or tab between the cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads.exports import DANGEROUS
from gsp.uploads.formats.encoding import encoding_of
from gsp.uploads.formats.source import RawRow, Source
from gsp.uploads.sheet import Reading, Unreadable

DELIMITERS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
}
SAMPLE = 64 * 1024
SAMPLE_ROWS = 50
TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # a first line for spreadsheets only


@contextmanager
def opened(path: Path, reading: Reading) -> Iterator[Source]:
    """Open a text table.

    Raises:
        Unreadable: no text, in an unknown encoding; while the rows are gone through, also for a
            quotation mark that is never closed.

    """
    codec, name = encoding_of(path, reading.encoding)
    with path.open(encoding=codec, newline="") as file:
        sample = file.read(SAMPLE)
        file.seek(0)
        told = TOLD.match(sample)
        delimiter = told[1] if told else reading.delimiter or _delimiter(sample)
        skipped = bool(told)
        if told:
            file.readline()
        findings = {
            "encoding": _("Encoding: %(name)s") % {"name": name},
            "delimiter": _("Cells are divided by: %(sign)s")
            % {"sign": DELIMITERS.get(delimiter, delimiter)},
        }
        rows = _rows(file, delimiter, skipped)
        yield Source(rows, _total(path, sample, codec), findings)


def _rows(file: IO[str], delimiter: str, skipped: bool) -> Iterator[RawRow]:
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(rows, start=1 + skipped):
            if "'" in "".join(cells):
                cells = [_bare(cell) for cell in cells]
            yield number, cells
    except csv.Error as error:
        raise Unreadable(
            _("Line %(row)s of the file cannot be read.") % {"row": rows.line_num + skipped},
            _("Look for a quotation mark that is not closed, or save the list as XLSX."),
            code="broken_csv",
        ) from error


def _bare(cell: str) -> str:
    """Return a cell without the apostrophe that our own files put before what might run."""
    return cell[1:] if cell[:1] == "'" and DANGEROUS.match(cell, 1) else cell


def _delimiter(sample: str) -> str:
    """Return the delimiter that divides most of the first lines into equally many cells."""

    def fitness(delimiter):
        rows = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(rows, SAMPLE_ROWS) if row)
        return max(((width - 1) * times for width, times in widths.items()), default=0)

    return max(DELIMITERS, key=fitness)


def _total(path: Path, sample: str, codec: str) -> int | None:
    """Return about how many lines there are, from the length of the first ones."""
    lines = sample.count("\n") or sample.count("\r")
    if not lines:
        return None
    size = len(sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1].encode(codec))
    return max(lines, round(path.stat().st_size * lines / size))
