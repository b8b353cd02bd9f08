"""The lifecycles of documents, recognition and tasks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission

EDIT = Permission.EDIT_CASES


class DocumentState(TextChoices):
    """What the checking of a document came to."""

    RECEIVED = "received", _("Received, to be checked")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    REPLACED = "replaced", _("Replaced by a newer one")


class RecognitionState(TextChoices):
    """How far an authority is with recognising a qualification."""

    PREPARING = "preparing", _("In preparation")
    FILED = "filed", _("Filed")
    FULL = "full", _("Fully recognised")
    PARTIAL = "partial", _("Partly recognised")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TaskState(TextChoices):
    """What became of a task."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


D, R, T = DocumentState, RecognitionState, TaskState

DOCUMENT = Lifecycle(
    Move(D.RECEIVED, D.ACCEPTED, needs=EDIT, requires=("verified_at", "verified_by")),
    Move(D.RECEIVED, D.REJECTED, needs=EDIT, requires=("rejected_because",)),
    Move(D.ACCEPTED, D.REJECTED, needs=EDIT, requires=("rejected_because",)),
    Move(D.RECEIVED, D.REPLACED, needs=EDIT),
    Move(D.ACCEPTED, D.REPLACED, needs=EDIT),
    Move(D.REJECTED, D.REPLACED, needs=EDIT),
    initial=D.RECEIVED,
)

RECOGNITION = Lifecycle(
    Move(R.PREPARING, R.FILED, needs=EDIT, requires=("filed_on", "due_on")),
    Move(R.PREPARING, R.WITHDRAWN, needs=EDIT),
    Move(R.FILED, R.FULL, needs=EDIT, requires=("decided_on",)),
    Move(R.FILED, R.PARTIAL, needs=EDIT, requires=("decided_on",)),
    Move(R.FILED, R.REFUSED, needs=EDIT, requires=("decided_on", "appeal_until")),
    Move(R.FILED, R.WITHDRAWN, needs=EDIT),
    Move(R.PARTIAL, R.FULL, needs=EDIT, requires=("decided_on",)),
    Move(R.PARTIAL, R.WITHDRAWN, needs=EDIT),
    Move(R.REFUSED, R.FILED, needs=EDIT, requires=("appealed_on", "due_on")),
    initial=R.PREPARING,
)

TASK = Lifecycle(
    Move(T.OPEN, T.DONE, needs=EDIT),
    Move(T.OPEN, T.DROPPED, needs=EDIT),
    Move(T.DONE, T.OPEN, needs=EDIT),
    Move(T.DROPPED, T.OPEN, needs=EDIT),
    initial=T.OPEN,
)
