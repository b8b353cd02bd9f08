"""Reads the first visible sheet of an old Excel file (XLS), by a process apart."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from gsp.uploads.formats import refusals
from gsp.uploads.formats.numbers import number_text
from gsp.uploads.formats.source import RawRow, Source
from gsp.uploads.sheet import Reading

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROCESS = Path(__file__).with_name("old_excel_process.py")
REFUSALS = {
    "protected": refusals.protected,
    "macros": refusals.has_macros,
    "empty": refusals.empty,
    "broken_workbook": refusals.broken,
}


@contextmanager
def opened(path: Path, reading: Reading) -> Iterator[Source]:
    """Open an old workbook; days come in ISO form, formulas as their last result.

    Raises:
        Unreadable: damaged, encrypted or with macros; also while the rows are gone through.

    """
    with subprocess.Popen(  # noqa: S603 - our own script, and a path that we made
        [sys.executable, "-I", str(PROCESS), str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
        env={},
    ) as process:
        try:
            found = _told(process.stdout)
            if "refused" in found:
                raise REFUSALS[found["refused"]]()
            yield Source(
                _rows(process.stdout, number_text(reading.decimal)),
                found["rows"] or None,
                _findings(found),
                found["date_system"],
            )
        finally:
            process.kill()


def is_sealed(path: Path) -> bool:
    """Return whether the file is an envelope around a workbook with a password."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _told(lines: IO[str]):
    line = lines.readline()
    if not line.endswith("\n"):
        raise refusals.broken()  # the process ended before its last word
    return json.loads(line)


def _rows(lines: IO[str], number: Callable[[str], str]) -> Iterator[RawRow]:
    while (row := _told(lines)) != "end":
        place, cells = row
        yield place, [cell if isinstance(cell, str) else number(str(cell)) for cell in cells]


def _findings(found: dict) -> dict[str, str]:
    findings = {"sheet": _("Sheet “%(name)s”") % {"name": found["sheet"]}}
    if found["others"]:
        findings["other_sheets"] = _("%(count)s further sheets were not read.") % {
            "count": found["others"]
        }
    if found["date_system"] == 1904:
        findings["dates"] = _("This workbook counts its days from 1904.")
    return findings
