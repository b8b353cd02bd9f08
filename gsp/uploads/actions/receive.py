"""A list arrives: it is stored and written down; a worker reads it afterwards."""

import io
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from gsp import vault
from gsp.uploads.actions.examine import examine
from gsp.uploads.actor import name_of
from gsp.uploads.models import Upload
from gsp.uploads.purpose import purpose_of
from gsp.uploads.states import UploadState


@transaction.atomic
def receive(kind: str, thing, *, file: bytes | BinaryIO, file_name: str, by, at) -> Upload:
    """Store a file whatever is in it, and have it examined after commit; return its record.

    ``thing`` is what the list is for, as the purpose of ``kind`` knows it.

    Raises:
        NotAllowed: ``by`` may not send such a list.
        Refused: the thing takes no list now.

    """
    upload = begin(kind, thing, file_name=file_name, state=UploadState.RECEIVED, by=by, at=at)
    keep(upload, _bounded(file))
    upload.save()
    examine.after_commit(upload=upload.pk)
    return upload


def begin(kind: str, thing, *, file_name: str, state: UploadState, by, at) -> Upload:
    """Return the record of a list that arrives; it is not saved. Raises as ``receive``."""
    target = purpose_of(kind).target(thing, by=by)
    return Upload(
        organisation=target.organisation,
        kind=kind,
        subject=target.subject,
        subject_label=target.label[:120],
        file_name=PurePath(file_name.replace("\x00", "")).name[:200] or "list",
        language=get_language() or settings.LANGUAGE_CODE,
        sent_by=name_of(by),
        state=state,
        state_changed_at=at,
        received_at=at,
    )


def keep(upload: Upload, stream: BinaryIO) -> None:
    """Put the file into the vault; if the transaction fails, nothing points to it any more."""
    stored = vault.put(stream)
    upload.stored, upload.size, upload.sha256 = stored.name, stored.size, stored.sha256


class _Bounded(io.RawIOBase):
    """A stream of at most so many bytes: one more than allowed is enough to refuse it."""

    def __init__(self, stream: BinaryIO, most: int):
        self.stream, self.left = stream, most

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none past the limit."""
        wanted = self.left if size < 0 else min(size, self.left)
        piece = self.stream.read(wanted) if wanted else b""
        self.left -= len(piece)
        return piece


def _bounded(file: bytes | BinaryIO) -> BinaryIO:
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    return _Bounded(stream, settings.UPLOAD_MAX_BYTES + 1)
