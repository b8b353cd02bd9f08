"""Takes a list through its stages here and now, as the worker does after commit."""

from gsp.uploads.actions.annotate import annotate
from gsp.uploads.actions.apply import apply
from gsp.uploads.actions.decide import confirm
from gsp.uploads.actions.examine import examine
from gsp.uploads.states import UploadState


def examined(upload):
    """Examine a received list in the open scope; mark its file if it has errors."""
    examine(upload=upload.pk)
    upload.refresh_from_db()
    if upload.state == UploadState.WAITING and upload.faulty:
        annotate(upload=upload.pk)
        upload.refresh_from_db()
    return upload


def applied(upload, *, by, at):
    """Examine a list, confirm its valid rows and apply them."""
    if upload.state == UploadState.RECEIVED:
        examined(upload)
    confirm(upload, by=by, at=at)
    apply(upload=upload.pk)
    upload.refresh_from_db()
    return upload
