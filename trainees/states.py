"""The lifecycle of an enrolment, and the tracks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class EnrolmentState(TextChoices):
    """Where a trainee stands in a cohort."""

    ENROLLED = "enrolled", _("Enrolled")
    IN_TRAINING = "in_training", _("In training")
    CERTIFIED = "certified", _("Certified")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")
    DEFERRED = "deferred", _("Deferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PLACED = "placed", _("Placed")


class Track(TextChoices):
    """Where a trainee will work: at home in the origin, or away in the destination."""

    UNDECIDED = "undecided", pgettext_lazy("track", "Undecided")
    HOME = "home", pgettext_lazy("track", "Home")
    AWAY = "away", pgettext_lazy("track", "Away")


S = EnrolmentState
EDIT = Permission.UPLOAD_TRAINEES

ENROLMENT = Lifecycle(
    Move(S.ENROLLED, S.IN_TRAINING, needs=EDIT),
    Move(S.ENROLLED, S.WITHDRAWN, needs=EDIT),
    Move(S.ENROLLED, S.DEFERRED, needs=EDIT),
    Move(S.DEFERRED, S.IN_TRAINING, needs=EDIT),
    Move(S.DEFERRED, S.WITHDRAWN, needs=EDIT),
    Move(S.IN_TRAINING, S.CERTIFIED, needs=EDIT, requires=("certified_on",)),
    Move(S.IN_TRAINING, S.NOT_YET_COMPETENT, needs=EDIT),
    Move(S.IN_TRAINING, S.DEFERRED, needs=EDIT),
    Move(S.IN_TRAINING, S.WITHDRAWN, needs=EDIT),
    Move(S.NOT_YET_COMPETENT, S.CERTIFIED, needs=EDIT, requires=("certified_on",)),
    Move(S.NOT_YET_COMPETENT, S.WITHDRAWN, needs=EDIT),
    Move(S.CERTIFIED, S.PLACED, needs=Permission.ANSWER_PROPOSALS),
    initial=S.ENROLLED,
)
