"""The lifecycle of a session, and how somebody took part in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class SessionState(TextChoices):
    """Whether a session takes place."""

    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class Presence(TextChoices):
    """How somebody took part in a session."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


S = SessionState
PLAN = Permission.RECORD_ATTENDANCE

SESSION = Lifecycle(
    Move(S.PLANNED, S.CANCELLED, needs=PLAN, requires=("cancel_reason",)),
    Move(S.CANCELLED, S.PLANNED, needs=PLAN),
    initial=S.PLANNED,
)
