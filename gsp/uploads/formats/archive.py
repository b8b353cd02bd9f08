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
END_64_LENGTH = 56
# What the ZIP reader raises where bytes do not make sense
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Part:
    """One part of an archive, to be read in pieces; it ends where it is declared to."""

    def __init__(self, stream: IO[bytes]):
        self.stream = stream

    def read(self, size: int) -> bytes:
        """Return the next bytes; at the end, the part's checksum is compared.

        Raises:
            Unreadable: the part is damaged.

        """
        try:
            return self.stream.read(size)
        except DAMAGED as error:
            raise broken() from error


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive after a look at its directory.

    Raises:
        Unreadable: damaged, too large when unpacked, or with too many parts.

    """
    with path.open("rb") as file:
        try:
            _check_directory(file)
            archive = zipfile.ZipFile(file)
        except DAMAGED as error:
            raise broken() from error
        with archive:
            _check_declared(archive, path.stat().st_size)
            yield archive


def part(archive: zipfile.ZipFile, name: str) -> Part:
    """Open a part for reading.

    Raises:
        Unreadable: there is no such part, or it is damaged.

    """
    try:
        return Part(archive.open(name))
    except (KeyError, *DAMAGED) as error:
        raise broken() from error


def small_part(archive: zipfile.ZipFile, name: str) -> Part:
    """Open a part that describes others.

    Raises:
        Unreadable: there is no such part, or it is larger than any honest one.

    """
    opened_part = part(archive, name)
    if archive.getinfo(name).file_size > LARGEST_SMALL_PART:
        raise bomb()
    return opened_part


def _check_directory(file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - END_LENGTH - LOCATOR_LENGTH - 0xFFFF))
    tail = file.read()
    place = tail.rfind(END)
    if place < 0:
        raise broken()
    directory = struct.unpack_from("<I", tail, place + 12)[0]
    locator = place - LOCATOR_LENGTH
    if locator >= 0 and tail.startswith(END_64_LOCATOR, locator):
        file.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], size))
        record = file.read(END_64_LENGTH)
        if not record.startswith(END_64):
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
    if any(one.compress_type not in PACKINGS for one in parts):
        raise broken()
