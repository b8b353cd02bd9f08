"""Tables of uploads."""

from gsp.uploads.models.staging import UploadChunk, UploadHabits, UploadPart
from gsp.uploads.models.upload import Upload

__all__ = ["Upload", "UploadChunk", "UploadHabits", "UploadPart"]
