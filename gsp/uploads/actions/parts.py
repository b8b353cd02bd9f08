"""A file that arrives in pieces over a poor link: each is kept, and a break costs only one."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gsp import vault
from gsp.uploads.actions.decide import forget_rows
from gsp.uploads.actions.examine import examine
from gsp.uploads.actions.receive import begin, keep
from gsp.uploads.actor import Sender
from gsp.uploads.models import Upload, UploadPart
from gsp.uploads.states import UploadState
from gsp.workflow import NotAllowed, Refused, Stale, move

LARGEST_PART = 1024 * 1024
ABANDONED = timedelta(days=1)


@transaction.atomic
def announce(kind: str, thing, *, file_name: str, size: int, sha256: str, by, at) -> Upload:
    """Make ready for a file of ``size`` bytes that comes in pieces.

    Raises:
        Refused: too large, or the thing takes no list now.
        NotAllowed: ``by`` may not send such a list.

    """
    if not 0 < size <= settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        raise Refused(
            _("A file has at most %(limit)s. Divide the list into several files.")
            % {"limit": limit},
            field="size",
            code="too_large",
        )
    upload = begin(kind, thing, file_name=file_name, state=UploadState.RECEIVING, by=by, at=at)
    upload.size, upload.sha256 = size, sha256.lower()
    upload.save()
    return upload


def received(upload: Upload) -> int:
    """Return how many bytes are there: where the next piece begins."""
    if upload.state != UploadState.RECEIVING:
        return upload.size
    return upload.parts.aggregate(found=Sum("size"))["found"] or 0


@transaction.atomic
def add_part(upload: Upload, *, offset: int, content: bytes, by, at) -> Upload:
    """Keep one piece; the last one makes the file whole and has it examined.

    A file whose SHA-256 is not the announced one is forgotten: it begins again at 0.

    Raises:
        Stale: the piece does not begin where the last one ended, or the file is whole.
        Refused: the piece is empty, too large, or reaches beyond the size announced.
        NotAllowed: ``by`` may not send such a list.

    """
    sender = Sender(by, upload.kind)
    if not sender.may("sender"):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    start = received(locked)
    if locked.state != UploadState.RECEIVING or offset != start:
        raise Stale(
            _("The next piece begins at byte %(offset)s.") % {"offset": start},
            field="offset",
            code="wrong_offset",
        )
    if not 0 < len(content) <= min(LARGEST_PART, locked.size - start):
        raise Refused(
            _("A piece has at most %(most)s bytes and ends with the file.")
            % {"most": LARGEST_PART},
            field="content",
            code="wrong_size",
        )
    _keep_part(locked, start, content)
    if start + len(content) == locked.size:
        _complete(locked, sender, at)
    return locked


def _keep_part(upload: Upload, offset: int, content: bytes) -> None:
    UploadPart.objects.create(
        upload=upload,
        organisation_id=upload.organisation_id,
        offset=offset,
        size=len(content),
        stored=vault.put(content).name,
    )


def _complete(upload: Upload, sender: Sender, at) -> None:
    announced = upload.sha256
    names = list(upload.parts.order_by("offset").values_list("stored", flat=True))
    keep(upload, Joined(names))
    upload.parts.all().delete()
    if upload.sha256 != announced:
        names.append(upload.stored)
        upload.stored, upload.sha256 = "", announced
    else:
        facts = {"stored": upload.stored, "sha256": announced}
        move(upload, UploadState.RECEIVED, by=sender, at=at, **facts)
        examine.after_commit(upload=upload.pk)
    transaction.on_commit(lambda: [vault.remove(name) for name in names])


class Joined:
    """Pieces in the vault as one stream, one piece in memory at a time."""

    def __init__(self, names: list[str]):
        self.pieces = self._pieces(names)

    def _pieces(self, names: list[str]) -> Iterator[bytes]:
        for name in names:
            yield from vault.pieces(name)

    def read(self, size: int = -1) -> bytes:
        """Return the next piece, b"" at the end."""
        return next(self.pieces, b"")


def sweep(*, now) -> int:
    """Forget files that stopped arriving a day ago; return how many."""
    old = Upload.objects.filter(state=UploadState.RECEIVING, state_changed_at__lt=now - ABANDONED)
    count = 0
    for upload in old.select_for_update(skip_locked=True):
        forget_rows(upload)
        upload.delete()
        count += 1
    return count
