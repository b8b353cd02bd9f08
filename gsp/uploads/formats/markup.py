"""Reads XML without ever expanding an entity or holding more than one element's text."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from gsp.uploads.formats.refusals import broken

CHUNK = 128 * 1024
LONGEST_TOKEN = 8 * 1024 * 1024

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@lru_cache(1000)
def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def walk(
    stream: IO[bytes], start: Start, end: End | None = None, text: Text | None = None
) -> Iterator[None]:
    """Parse a stream piece by piece, telling the handlers, and yield after each piece.

    Names reach the handlers as “namespace name”.

    Raises:
        Unreadable: not well formed, with a document type (entities live there), or with a token
            longer than any honest one.

    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        while piece := stream.read(CHUNK):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise broken()
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise broken() from error


def parse(stream: IO[bytes], start: Start, end: End | None = None) -> None:
    """Parse a whole small part at once; see ``walk``."""
    for _piece in walk(stream, start, end):
        pass


def _refuse(*_declaration) -> None:
    raise broken()
