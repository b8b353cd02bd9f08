"""PDFs: opened to see that they can be read, and that nothing in them runs."""

import io
import logging

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from gsp.workflow import Refused

MOST_PAGES = 500
MOST_OBJECTS = 200_000
# Keys that run something, open something else, or carry another file.
ACTIVE = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/RichMedia"}
ACTIVE_TYPES = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/EmbeddedFile"}
END = b"%%EOF"
ARCHIVE_END = b"PK\x05\x06"
INNER = (IndirectObject, DictionaryObject, ArrayObject)
ARCHIVE_TAIL = 66_000  # a ZIP's directory ends within so many bytes of the file's end

# What pypdf mends in sloppy files is no news to anybody who runs the platform.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def refuse_unsafe(content: bytes) -> None:
    """Let a PDF pass that opens without a password and only shows pages.

    Raises:
        Refused: it is damaged, locked, active, or at the same time something else.

    """
    _is_nothing_else(content)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _refusal(
                _("The PDF is locked with a password. Open it, print it as PDF and send that."),
                "locked",
            )
        pages = len(reader.pages)
        active = _first_active(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise _damaged() from error
    except (RecursionError, MemoryError, IndexError, NotImplementedError) as error:
        raise _damaged() from error
    if not 0 < pages <= MOST_PAGES:
        raise _refusal(_("The PDF has no page, or more than 500. Send what is asked for."), "pages")
    if active:
        raise _refusal(
            _("The PDF carries a program or another file. Print it as PDF and send the print."),
            "active_content",
        )


def _is_nothing_else(content: bytes) -> None:
    """Refuse a file that ends as something else, such as an archive hung onto the pages."""
    tail = content[content.rfind(END) + len(END) :]
    if END not in content:
        raise _damaged()
    if tail.strip(b"\r\n\t \0") or ARCHIVE_END in content[-ARCHIVE_TAIL:]:
        raise _refusal(
            _("Something is hung onto the PDF. Print it as PDF and send the print."), "polyglot"
        )


def _first_active(reader: PdfReader) -> str:
    """Return the first thing in the file that runs or carries something; empty where none does.

    Goes through every object once, without recursion, however they refer to each other.
    """
    waiting, seen = [reader.trailer], set()
    steps = 0
    while waiting:
        steps += 1
        if steps > MOST_OBJECTS:
            raise _refusal(_("The PDF is too complex. Print it as PDF and send that."), "complex")
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            name = (thing.idnum, thing.generation)
            if name in seen:
                continue
            seen.add(name)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            found = _active_in(thing)
            if found:
                return found
            waiting += [one for one in thing.values() if isinstance(one, INNER)]
        elif isinstance(thing, ArrayObject):
            waiting += [one for one in thing if isinstance(one, INNER)]
    return ""


def _active_in(thing: DictionaryObject) -> str:
    keys = ACTIVE & thing.keys()
    if keys:
        return min(keys)
    kinds = {thing.raw_get(key) for key in ("/S", "/Type", "/Subtype") if key in thing}
    kinds = {str(kind) for kind in kinds if not isinstance(kind, INNER)}
    return min(kinds & ACTIVE_TYPES, default="")


def _refusal(message: str, code: str) -> Refused:
    return Refused(message, field="file", code=code)


def _damaged() -> Refused:
    return _refusal(
        _("The PDF is damaged and cannot be opened. Scan or print it again."), "damaged"
    )
