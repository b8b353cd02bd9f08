"""Pictures: decoded within limits and written anew without what is not picture."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from gsp.workflow import Refused

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
FORMATS = {
    "JPEG": ("image/jpeg", ".jpg", {"quality": 92}),
    "PNG": ("image/png", ".png", {"optimize": False}),
    "WEBP": ("image/webp", ".webp", {"quality": 92}),
    "TIFF": ("image/tiff", ".tif", {"compression": "tiff_deflate"}),
}
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError)
MOST_PIXELS = 60_000_000  # of all pages together; A3 at 400 dots per inch has 31 million
MOST_PAGES = 50
MODES = {
    "JPEG": ("L", "RGB"),
    "PNG": ("1", "L", "LA", "RGB", "RGBA"),
    "WEBP": ("RGB", "RGBA"),
    "TIFF": ("1", "L", "RGB"),
}


def looks_like(content: bytes) -> bool:
    """Tell whether the first bytes are those of a picture we read."""
    return content.startswith(STARTS) or (content[:4], content[8:12]) == (b"RIFF", b"WEBP")


def written_anew(content: bytes) -> tuple[bytes, str, str]:
    """Return content, media type and suffix of the picture, decoded and written again.

    Raises:
        Refused: it cannot be decoded, or is too large to be.

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as picture:
                return _written(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except DAMAGED as error:
        raise Refused(
            _("The picture is damaged and cannot be opened. Take or scan it again."),
            field="file",
            code="damaged",
        ) from error


def _written(picture) -> tuple[bytes, str, str]:
    kind = picture.format
    media_type, suffix, options = FORMATS[kind]
    pages = _pages(picture, kind)
    target = io.BytesIO()
    if kind == "TIFF" and pages[1:]:
        options = options | {"save_all": True, "append_images": pages[1:]}
    pages[0].save(target, kind, **options)
    return target.getvalue(), media_type, suffix


def _pages(picture, kind: str) -> list:
    """Return upright pages; of animated pictures that are no TIFF only the first."""
    count = getattr(picture, "n_frames", 1) if kind == "TIFF" else 1
    if count > MOST_PAGES or picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    pages, pixels = [], 0
    for frame in ImageSequence.Iterator(picture):
        pixels += frame.width * frame.height
        if pixels > MOST_PIXELS:
            raise _too_many_pixels()
        pages.append(_bare(frame, kind))
        if len(pages) == count:
            break
    return pages


def _bare(frame, kind: str):
    """Return the pixels alone: turned upright, without metadata, in a mode the format knows."""
    upright = ImageOps.exif_transpose(frame)
    allowed = MODES[kind]
    if upright.mode in allowed:
        plain = upright.copy()
    else:
        has_alpha = "A" in upright.getbands() and "RGBA" in allowed
        plain = upright.convert("RGBA" if has_alpha else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _too_many_pixels() -> Refused:
    return Refused(
        _("The picture has too many pixels or pages. Scan it with 200 dots per inch, in parts."),
        field="file",
        code="too_many_pixels",
    )
