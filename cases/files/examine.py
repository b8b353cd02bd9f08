"""Opens a file that somebody handed in, and returns what may be kept of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.files import images, pdf
from gsp.workflow import Refused

HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


@dataclass(frozen=True, slots=True)
class Examined:
    """What is kept: the content, its media type and the suffix that goes with it."""

    content: bytes
    media_type: str
    suffix: str


def examine(content: bytes, *, most: int) -> Examined:
    """Return the file as it is kept, whatever it was called.

    A PDF stays byte for byte, so that signatures in it stay good. An image is decoded and written
    anew: what is not picture (place and device, thumbnails, anything hung on) does not survive.

    Raises:
        Refused: it is too big, no PDF or picture, damaged, locked or carries a program; it says
            what would do instead.

    """
    if not content:
        raise refusal(_("The file is empty. Choose it again."), "empty")
    if len(content) > most:
        raise refusal(
            _("The file is larger than %(most)s MB. Scan it in grey with 200 dots per inch.")
            % {"most": most // (1024 * 1024)},
            "too_large",
        )
    if content.startswith(b"%PDF-"):
        pdf.refuse_unsafe(content)
        return Examined(content, "application/pdf", ".pdf")
    if images.looks_like(content):
        return Examined(*images.written_anew(content))
    raise _no_document(content)


def refusal(message: str, code: str) -> Refused:
    """Return the refusal of a file."""
    return Refused(message, field="file", code=code)


def _no_document(content: bytes) -> Refused:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        return refusal(
            _(
                "This is a HEIC or AVIF picture, which not everybody can open. Save it as JPEG; on "
                "an iPhone choose Settings, Camera, Formats, Most Compatible."
            ),
            "heic",
        )
    if content.startswith(OFFICE):
        return refusal(
            _("This is an office document or an archive. Save or print it as PDF and send that."),
            "office",
        )
    if start.startswith(MARKUP):
        return refusal(_("This is a web page, not a document. Print it as PDF."), "markup")
    return refusal(
        _("Only PDF, JPEG, PNG, WebP and TIFF are taken. Scan it, or print it as PDF."),
        "unknown_type",
    )
