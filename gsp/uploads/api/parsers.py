"""Bodies that are a piece of a file."""

from rest_framework.parsers import BaseParser

from gsp.uploads.actions.parts import LARGEST_PART


class PieceBody(BaseParser):
    """Reads the body into bytes, one byte past the limit at most."""

    media_type = "application/offset+octet-stream"

    def parse(self, stream, media_type=None, parser_context=None):
        """Return the piece."""
        return stream.read(LARGEST_PART + 1)
