"""Opens the ZIP archive that a spreadsheet is, and hands out its parts no larger than declared."""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gsp.uploads.formats.refusals import bomb, broken, protected

SIGNATURE = b"PK\x03\x04"
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"  # of OpenDocument
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 250
HARMLESS = 8 * 1024 * 1024  # a small sheet may well be packed a thousand times
MAX_PARTS = 1000
MAX_DIRECTORY = 512 * MAX_PARTS  # bytes: read before anything else, so kept small
LARGEST_SMALL_PART = 8 * 1024 * 1024
IS_ENCRYPTED = 0x1

END, END_LENGTH = b"PK\x05\x06", 22
END_64_LOCATOR, END_64, LOCATOR_LENGTH = b"PK\x06\x07", b"PK\x06\x06", 20
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive after a look at its directory.

    Raises:
        Unreadable: damaged, too large when unpacked, or with too many parts; also where a part
            turns out damaged while the archive is open.

    """
    try:
        _check_directory(path)
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            _check_declared(archive, path.stat().st_size)
            yield archive
    except DAMAGED as error:
        raise broken() from error


def part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part for reading; it ends where it is declared to, with its checksum checked.

    Raises:
        Unreadable: there is no such part.

    """
    try:
        return archive.open(name)
    except KeyError as error:
        raise broken() from error


def small_part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part that describes others.

    Raises:
        Unreadable: there is no such part, or it is larger than any honest one.

    """
    opened_part = part(archive, name)
    if archive.getinfo(name).file_size > LARGEST_SMALL_PART:
        raise bomb()
    return opened_part


def _check_directory(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - END_LENGTH - LOCATOR_LENGTH - 0xFFFF))
        tail = file.read()
        place = tail.rfind(END)
        if place < 0 or len(tail) < place + END_LENGTH:
            raise broken()
        directory = struct.unpack_from("<I", tail, place + 12)[0]
        locator = place - LOCATOR_LENGTH
        if locator >= 0 and tail.startswith(END_64_LOCATOR, locator):
            file.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], size))
            record = file.read(56)
            if len(record) < 56 or not record.startswith(END_64):
                raise broken()
            directory = struct.unpack_from("<Q", record, 40)[0]
    if directory > MAX_DIRECTORY:
        raise bomb()


def _check_declared(archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    declared = sum(one.file_size for one in parts)
    if declared > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise bomb()
    if declared > max(HARMLESS, MAX_RATIO * size):
        raise bomb()
    if len({one.filename.lower() for one in parts}) < len(parts):
        raise broken()
    if any(one.flag_bits & IS_ENCRYPTED for one in parts):
        raise protected()
