"""Finds the tables of ESCO in zips, folders and files, and opens them for reading."""

import csv
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalogue.esco.tables import TABLES, Table

VERSION = re.compile(r"(?<![\d.])v?(\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d])")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError)  # what reading a bad file raises
LONGEST_HEADER = 64 * 1024


class NotEsco(Exception):  # noqa: N818
    """What was given is not a complete ESCO download; the message says why."""


@dataclass(frozen=True)
class EscoFile:
    """One file of the download: ``columns`` as in its first line, ``size`` in bytes.

    ``open`` gives a stream that stands after the first line.
    """

    table: Table
    name: str
    size: int
    columns: tuple[str, ...]
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Download:
    """A complete ESCO download: its version, the names it came under, a file per table."""

    version: str
    source: str
    files: tuple[EscoFile, ...]


@dataclass(frozen=True)
class _Member:
    name: str
    shown: str
    size: int
    open: Callable[[], BinaryIO]


def read(paths: Iterable[Path], *, version: str | None = None) -> Download:
    """Find a complete ESCO download in zips, folders and CSV files.

    ``version`` is read from the names where None. Raises NotEsco where a
    path is absent or damaged, a table is missing or twice there, or no version is found.
    """
    paths = [Path(path) for path in paths]
    files = {}
    for member in _members(paths):
        table = _table_of(member.name)
        if table is None:
            continue
        if table.name in files:
            raise NotEsco(
                _("%(file)s is there twice: %(first)s and %(second)s.")
                % {"file": table.file, "first": files[table.name].name, "second": member.shown}
            )
        files[table.name] = _with_header(table, member)
    _refuse_gaps(files, paths)
    return Download(
        version=_version(version, paths),
        source=", ".join(path.name for path in paths),
        files=tuple(files[table.name] for table in TABLES),
    )


def _members(paths: list[Path]) -> Iterator[_Member]:
    for path in paths:
        if path.is_dir():
            inside = (each for each in path.rglob("*") if each.is_file())
            yield from _members(sorted(each for each in inside if _is_readable(each)))
        elif not path.is_file():
            raise NotEsco(_("%(path)s does not exist.") % {"path": path})
        elif path.suffix.lower() == ".zip":
            yield from _zip_members(path)
        else:
            size = path.stat().st_size
            yield _Member(path.name, path.name, size, lambda path=path: path.open("rb"))


def _is_readable(path: Path) -> bool:
    return path.suffix.lower() in {".zip", ".csv"}


def _zip_members(path: Path) -> Iterator[_Member]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise NotEsco(_("%(path)s is not a zip file.") % {"path": path}) from error
    for info in archive.infolist():
        name = Path(info.filename).name
        if not info.is_dir():
            yield _Member(
                name, f"{path.name}/{name}", info.file_size, lambda info=info: archive.open(info)
            )


def _table_of(name: str) -> Table | None:
    for table in TABLES:
        if re.fullmatch(rf"{table.file}(_[a-z]{{2}})?\.csv", name, re.IGNORECASE):
            return table
    return None


def _with_header(table: Table, member: _Member) -> EscoFile:
    try:
        with member.open() as stream:
            line = stream.readline(LONGEST_HEADER).decode("utf-8-sig")
        columns = tuple(next(csv.reader([line]), ()))
    except (UnicodeDecodeError, csv.Error, *DAMAGED) as error:
        raise NotEsco(_("%(file)s is not a CSV file in UTF-8.") % {"file": member.shown}) from error
    missing = [name for name in table.required if name not in columns]
    if missing or len(set(columns)) < len(columns):
        raise NotEsco(
            _("%(file)s is not a file of ESCO: its first line lacks %(columns)s.")
            % {"file": member.shown, "columns": ", ".join(missing) or _("distinct names")}
        )

    def open_rows() -> BinaryIO:
        stream = member.open()
        stream.readline(LONGEST_HEADER)
        return stream

    return EscoFile(table, member.shown, member.size, columns, open_rows)


def _refuse_gaps(files: dict[str, EscoFile], paths: list[Path]) -> None:
    names = ", ".join(path.name for path in paths)
    if not files:
        raise NotEsco(_("There is no file of ESCO in %(paths)s.") % {"paths": names})
    missing = [table.file for table in TABLES if table.name not in files]
    if missing:
        raise NotEsco(
            _(
                "The download is incomplete: %(files)s missing. "
                "Give the classification and the relations together."
            )
            % {"files": ", ".join(missing)}
        )


def _names(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        yield path.resolve().name
        if path.is_dir():
            yield from (inside.name for inside in path.rglob("*.zip"))


def _version(given: str | None, paths: list[Path]) -> str:
    if given:
        return given
    found = {match for name in _names(paths) for match in VERSION.findall(name)}
    if len(found) > 1:
        raise NotEsco(
            _("The names speak of different versions: %(versions)s.")
            % {"versions": ", ".join(sorted(found))}
        )
    if not found:
        raise NotEsco(
            _("The names do not say which version this is: add --release, such as --release 1.2.0.")
        )
    return found.pop()
