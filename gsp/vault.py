"""Files that people hand in: encrypted piece by piece, under random names, outside the web root."""

import hashlib
import io
import math
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from gsp.encryption import MARK, mark_of, seal, unseal

PIECE = 1024 * 1024
LENGTH = 4  # bytes that tell how long the next sealed piece is


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its random name, and size in bytes and SHA-256 of the plain content."""

    name: str
    size: int
    sha256: str


def put(content: bytes | BinaryIO) -> Stored:
    """Encrypt a file into the vault, never more than one piece of it in memory at once.

    Raises:
        OSError: the folder cannot be written.

    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    name = secrets.token_hex(16)
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    size, digest, number = 0, hashlib.sha256(), 0
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := stream.read(PIECE):
            _write(file, piece, name, number)
            digest.update(piece)
            size, number = size + len(piece), number + 1
        _write(file, b"", name, number)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    return Stored(name, size, digest.hexdigest())


def pieces(name: str) -> Iterator[bytes]:
    """Yield the plain content of a stored file, piece by piece.

    Raises:
        FileNotFoundError: nothing lies under this name.
        UnsealError: it was changed or cut short, or no key of the settings opens it.

    """
    number = 0
    with _path(name).open("rb") as file:
        while True:
            length = int.from_bytes(file.read(LENGTH))
            piece = unseal(file.read(length), bound_to=_place(name, number))
            if not piece:
                return
            yield piece
            number += 1


def content_of(name: str) -> bytes:
    """Return the whole plain content; for files known to be small. Raises as ``pieces``."""
    return b"".join(pieces(name))


def copy_to(name: str, path: Path) -> None:
    """Write the plain content to a file of this process, for readers that need a path."""
    with path.open("wb") as file:
        for piece in pieces(name):
            file.write(piece)


def remove(name: str) -> None:
    """Remove a stored file; one that is gone already is fine."""
    with suppress(FileNotFoundError):
        _path(name).unlink()


def names() -> Iterator[str]:
    """Yield the name of every stored file, in order."""
    root = Path(settings.VAULT_DIR)
    if root.is_dir():
        yield from sorted(path.name for path in root.glob("??/*") if path.suffix != ".partial")


def written_before(moment: datetime) -> list[str]:
    """Return the names of the files that were last written before a moment, in order."""
    latest = moment.timestamp()
    return [name for name in names() if _written_at(_path(name)) < latest]


def remove_unfinished(*, before: datetime) -> int:
    """Remove what processes that died began to write before a moment; return how many."""
    found = list(Path(settings.VAULT_DIR).glob("??/*.partial"))
    old = [path for path in found if _written_at(path) < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _written_at(path: Path) -> float:
    """Return when a file was last written; one that is gone by now is as young as can be."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def writer_of(name: str) -> bytes:
    """Return the mark of the key that sealed a stored file.

    Raises:
        FileNotFoundError: nothing lies under this name.

    """
    with _path(name).open("rb") as file:
        file.read(LENGTH)
        return mark_of(file.read(MARK))


def reseal(name: str) -> None:
    """Write a stored file again under the first key, in one step that a crash cannot halve.

    Raises as ``pieces``.
    """
    path = _path(name)
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        number = -1
        for number, piece in enumerate(pieces(name)):
            _write(file, piece, name, number)
        _write(file, b"", name, number + 1)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)


def _write(file: BinaryIO, piece: bytes, name: str, number: int) -> None:
    """Write one sealed piece; the empty last one proves that nothing was cut off."""
    sealed = seal(piece, bound_to=_place(name, number))
    file.write(len(sealed).to_bytes(LENGTH) + sealed)


def _place(name: str, number: int) -> bytes:
    return f"{name}:{number}".encode()


def _path(name: str) -> Path:
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise FileNotFoundError(name)
    return Path(settings.VAULT_DIR) / name[:2] / name
