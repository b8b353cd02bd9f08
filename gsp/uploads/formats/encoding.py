"""Finds out in which encoding a text file was written, from what its bytes can and cannot be."""

import codecs
import re
from pathlib import Path

from django.utils.translation import gettext as _

from gsp.uploads.formats.refusals import wrong_type
from gsp.uploads.sheet import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a centre may choose, with the names spreadsheets give them
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1256": "Windows-1256",
}
CHUNK = 1024 * 1024
SAMPLE = 4096

# Letters of Western European languages and Albanian, and the signs their texts hold. Bytes of
# another code page show as other signs, or as many of these letters in a row.
WESTERN = re.compile(
    r"[\x01-\x7f\xa0«»°·´§€“”„‘’‚–—…ºª"
    r"ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž]*"
)
FOREIGN_RUN = re.compile(r"[À-ÿŒœŠšŽž]{3}")


def encoding_of(path: Path, chosen: str = "") -> tuple[str, str]:
    """Return the codec to read a text file with, and its name for people.

    A mark at the file's start decides; then whether it is UTF-8, which no other text is by
    chance; then what the centre chose; Windows-1252 only if everything in the file speaks for it.

    Raises:
        Unreadable: not text, or in an encoding that cannot be told.

    """
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    for mark, codec in MARKS:
        if start.startswith(mark):
            return _checked(path, codec)
    if wide := "utf-16" if chosen == "utf-16" else _wide(start):
        return _checked(path, wide)
    if b"\x00" in start:
        raise _no_text()
    if _fits(path, "utf-8"):
        return "utf-8", "UTF-8"
    if chosen:
        return _checked(path, chosen)
    if _is_western(path):
        return "cp1252", "Windows-1252"
    raise Unreadable(
        _("It cannot be told in which encoding this text is written."),
        _("Save it as “CSV UTF-8” or as XLSX, or set the encoding in the centre's settings."),
        code="encoding",
    )


def _checked(path: Path, codec: str) -> tuple[str, str]:
    name = ENCODINGS.get("utf-8" if codec == "utf-8-sig" else codec[:6], codec)
    if _fits(path, codec):
        return codec, name
    raise Unreadable(
        _("This text is not written in %(encoding)s.") % {"encoding": name},
        _("Save it as “CSV UTF-8” or as XLSX and send it again."),
        code="encoding",
    )


def _no_text() -> Unreadable:
    return wrong_type(_("This file is not a table."), _("Send an XLSX, ODS or CSV file."))


def _wide(start: bytes) -> str:
    """Return the kind of UTF-16 without a mark, by the side on which its zeros stand."""
    pairs = len(start) // 2
    if pairs < 2:
        return ""
    low, high = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if high > pairs // 3 and not low:
        return "utf-16-le"
    if low > pairs // 3 and not high:
        return "utf-16-be"
    return ""


def _fits(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                if "\x00" in decoder.decode(piece):
                    raise _no_text()
            decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(path: Path) -> bool:
    try:
        with path.open(encoding="cp1252") as file:
            while piece := file.read(CHUNK):
                if not WESTERN.fullmatch(piece) or FOREIGN_RUN.search(piece):
                    return False
    except UnicodeDecodeError:
        return False
    return True
