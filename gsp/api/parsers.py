"""JSON bodies, whatever their shape."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """Answers 400 to a body that nests deeper than anything we ask for."""

    def parse(self, stream, media_type=None, parser_context=None):
        """Return the body's value.

        Raises:
            ParseError: it is no JSON, or nests too deeply to be read.

        """
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
