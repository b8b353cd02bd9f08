"""A worker writes the confirmed rows of a list: all of them, or none."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gsp.background.jobs import background
from gsp.uploads.actions.examine import examine, fail
from gsp.uploads.actor import Clock, OnBehalf
from gsp.uploads.habits import habits
from gsp.uploads.models import Upload
from gsp.uploads.progress import Teller, forget
from gsp.uploads.purpose import purpose_of
from gsp.uploads.sheet import Reading
from gsp.uploads.staging import chunks_of
from gsp.uploads.states import UploadState
from gsp.workflow import Refused, move


@background
def apply(*, upload: int) -> None:
    """Write what was confirmed, in one transaction; a list that is past this is left alone.

    Where something changed since the preview nothing is written: the list is examined again and
    waits for a new confirmation.
    """
    found = Upload.objects.select_for_update().filter(pk=upload).first()
    if found is None or found.state != UploadState.CONFIRMED:
        return
    at = timezone.now()
    with translation.override(found.language):
        try:
            with transaction.atomic():
                counts = _write(found, at)
                move(found, UploadState.APPLIED, by=Clock(), at=at, applied_at=at, **counts)
        except Refused as refusal:
            _look_again(found, refusal, at)
    forget(found)


@apply.when_given_up
def application_failed(*, upload: int) -> None:
    """Say of a list that no worker could apply that it failed, and what to do."""
    fail(upload, UploadState.CONFIRMED)


def _write(upload: Upload, at) -> dict[str, int]:
    teller = Teller(upload, UploadState.CONFIRMED, upload.rows)
    teller.tell(0)
    with habits(Reading(**upload.reading)):
        counts = purpose_of(upload.kind).apply(
            upload, _told(upload, teller), by=OnBehalf(upload.decided_by), at=at
        )
    held = upload.rows - counts.created - counts.updated - counts.unchanged
    return {
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "held": held,
    }


def _told(upload: Upload, teller: Teller):
    done = 0
    for rows in chunks_of(upload):
        yield rows
        done += len(rows.numbers)
        teller.tell(done)


def _look_again(upload: Upload, refusal: Refused, at) -> None:
    upload.refresh_from_db()
    notice = _("Nothing was written: %(reason)s The list was examined again; look once more.")
    words = notice % {"reason": refusal.message}
    move(upload, UploadState.RECEIVED, by=Clock(), at=at, notice=words[:300])
    examine.after_commit(upload=upload.pk)
