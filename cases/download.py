"""A document on its way out: to be saved, never shown or run by the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SUFFIX = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/tiff": ".tif",
}
SHUT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_answer(document, content: bytes) -> HttpResponse:
    """Return the file under its own name with the suffix of what it really is."""
    suffix = SUFFIX.get(document.media_type, "")
    stem = (document.original_name or document.kind).rpartition(".")[0] or document.kind
    kind = document.media_type if suffix else "application/octet-stream"
    answer = HttpResponse(content, content_type=kind, headers=SHUT)
    answer["Content-Disposition"] = content_disposition_header(True, f"{stem}{suffix}")
    return answer
