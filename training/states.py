"""The lifecycle of a cohort."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class CohortState(TextChoices):
    """Where a cohort stands."""

    PLANNED = "planned", _("Planned")
    RECRUITING = "recruiting", _("Recruiting")
    IN_TRAINING = "in_training", _("In training")
    ASSESSED = "assessed", _("Assessed")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


S = CohortState
EDIT = Permission.EDIT_TRAINING

COHORT = Lifecycle(
    Move(S.PLANNED, S.RECRUITING, needs=EDIT),
    Move(S.PLANNED, S.IN_TRAINING, needs=EDIT),
    Move(S.RECRUITING, S.IN_TRAINING, needs=EDIT),
    Move(S.RECRUITING, S.CANCELLED, needs=EDIT),
    Move(S.PLANNED, S.CANCELLED, needs=EDIT),
    Move(S.IN_TRAINING, S.ASSESSED, needs=EDIT),
    Move(S.IN_TRAINING, S.CANCELLED, needs=EDIT),
    Move(S.ASSESSED, S.CLOSED, needs=EDIT),
    initial=S.PLANNED,
)
