"""The texts that the cells of an XLSX workbook share."""

import re
from typing import IO

from gsp.uploads.formats import markup
from gsp.uploads.formats.limits import LONGEST_ROW, MOST_PIECES
from gsp.uploads.formats.refusals import bomb
from gsp.uploads.formats.worksheet import (
    CHUNK,
    OTHER_ENCODING,
    UTF8_MARK,
    UnusualError,
    characters,
)

MEMORY = 200 * 1024 * 1024  # bytes that all texts may take in memory
OVERHEAD = 64  # bytes of a short text in memory beside its characters

TEXT = re.compile(r"<t(?: [^>/]*)?>([^<]*)</t>")
ENTRY = re.compile(
    r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>\s*'
    r"|<si>((?:<(?!/?si>)[^>]*>|[^<]+)*+)</si>\s*|<si ?/>\s*|(.+)",
    re.DOTALL,
)
SOUNDS = re.compile(r"<rPh.*?</rPh>|<phoneticPr[^>]*>", re.DOTALL)
PROLOGUE = re.compile(rb"\s*(?:<\?xml [^>]*\?>)?\s*<sst[^>]*>\s*", re.DOTALL)
EPILOGUE = re.compile(rb"\s*(?:</sst>\s*)?")
ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")  # no half of a pair


def shared_strings(opening) -> list[str]:
    """Return the texts in their order; ``opening`` gives the part's XML from its start.

    Raises:
        Unreadable: no XML, or more text than memory should hold.

    """
    try:
        return _usual(opening())
    except UnusualError:
        return _parsed(opening())


def unescaped(text: str) -> str:
    """Return a text of the workbook without its escapes for characters that XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Texts(list):
    """The texts so far; takes no more than memory should hold."""

    size = 0

    def take(self, texts: list[str], size: int) -> None:
        self.extend(texts)
        self.size += size + OVERHEAD * len(texts)
        if self.size > MEMORY:
            raise bomb()


def _usual(stream: IO[bytes]) -> list[str]:
    texts, rest = _Texts(), stream.read(CHUNK).removeprefix(UTF8_MARK)
    prologue = PROLOGUE.match(rest)
    if prologue is None or OTHER_ENCODING.match(rest):
        raise UnusualError
    rest, more = rest[prologue.end() :], b"-"
    while more:
        end = rest.rfind(b"</si>") + 5
        if end > 4:
            texts.take(_entries(_decoded(rest[:end])), end)
            rest = rest[end:]
        more = stream.read(CHUNK)
        rest += more
        if len(rest) > LONGEST_ROW:
            raise bomb()
    if not EPILOGUE.fullmatch(rest):
        raise UnusualError
    return texts


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise UnusualError from error


def _entries(text: str) -> list[str]:
    found = ENTRY.findall(text)
    if "<!" in text or any(stray for _plain, _rich, stray in found):
        raise UnusualError
    plain = "&" not in text and "_x" not in text
    texts = (
        one or (rich and "".join(TEXT.findall(SOUNDS.sub("", rich)))) for one, rich, _ in found
    )
    return list(texts) if plain else [unescaped(characters(one)) for one in texts]


def _parsed(stream: IO[bytes]) -> list[str]:
    reader = _Parser()
    for _piece in markup.walk(stream, reader.start, reader.end, reader.text):
        pass
    return reader.texts


class _Parser:
    """Collects the texts from the events of an XML parser."""

    def __init__(self):
        self.texts = _Texts()
        self.kept: list[str] = []
        self.is_kept = False
        self.skipped = 0

    def start(self, name, attributes):
        kind = markup.local(name)
        self.skipped += kind == "rPh"
        self.is_kept = kind == "t" and not self.skipped
        if kind == "si":
            self.kept = []

    def text(self, text):
        if self.is_kept:
            self.kept.append(text)
            if len(self.kept) > MOST_PIECES:
                raise bomb()

    def end(self, name):
        kind = markup.local(name)
        self.is_kept = False
        self.skipped -= kind == "rPh"
        if kind == "si":
            text = unescaped("".join(self.kept))
            self.texts.take([text], len(text))
