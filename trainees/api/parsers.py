"""A file sent as the body of a request, without a form around it."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.parsers import BaseParser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileBody(BaseParser):
    """Reads the body into ``{"file": …}``, one byte past the limit at most."""

    suffix = ""

    def parse(self, stream, media_type=None, parser_context=None):
        """Return the file under a name that tells its type."""
        content = stream.read(settings.UPLOAD_MAX_BYTES + 1)
        return {"file": SimpleUploadedFile(f"list{self.suffix}", content, self.media_type)}


class CsvBody(FileBody):
    """A CSV file."""

    media_type = "text/csv"
    suffix = ".csv"


class XlsxBody(FileBody):
    """An Excel workbook."""

    media_type = XLSX
    suffix = ".xlsx"
