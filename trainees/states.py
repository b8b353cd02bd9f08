"""The lifecycle of an enrolment, and the tracks."""

from itertools import product

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class EnrolmentState(TextChoices):
    """Where a trainee stands in a cohort."""

    ENROLLED = "enrolled", _("Enrolled")
    IN_TRAINING = "in_training", _("In training")
    ASSESSMENT = "assessment", _("In assessment")
    CERTIFIED = "certified", _("Certified")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")
    DEFERRED = "deferred", _("Deferred")
    UNREACHABLE = "unreachable", _("Unreachable")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISMISSED = "dismissed", _("Dismissed")
    TRANSFERRED = "transferred", _("Transferred")
    DUPLICATE = "duplicate", _("Entered twice")


class Track(TextChoices):
    """Where a trainee will work: at home in the origin, or away in the destination."""

    UNDECIDED = "undecided", pgettext_lazy("track", "Undecided")
    HOME = "home", pgettext_lazy("track", "Home")
    AWAY = "away", pgettext_lazy("track", "Away")


class LeftReason(TextChoices):
    """Why somebody left a cohort, for a time or for good."""

    FAMILY = "family", _("Family")
    HEALTH = "health", _("Health")
    WORK = "work", _("Found work")
    MONEY = "money", _("Cannot afford it")
    OTHER_COURSE = "other_course", _("Other course or study")
    DISTANCE = "distance", _("Moved away, or too far")
    ATTENDANCE = "attendance", _("Too often absent")
    CONDUCT = "conduct", _("Broke the rules of the course")
    NO_CONTACT = "no_contact", _("Could not be reached")
    COHORT_CANCELLED = "cohort_cancelled", _("The cohort was cancelled")
    OTHER_COHORT = "other_cohort", _("Moved to another cohort")
    DUPLICATE = "duplicate", _("The same person is enrolled twice")
    NOT_RECORDED = "not_recorded", _("Not recorded")


S = EnrolmentState
EDIT = Permission.UPLOAD_TRAINEES

# Still on the way to a result, in a cohort that runs.
IN_PROGRESS = (S.ENROLLED, S.IN_TRAINING, S.ASSESSMENT)
# Graduates and those expected to graduate: the home floor is a share of these.
EXPECTED = (*IN_PROGRESS, S.CERTIFIED)
# Whoever counts against the seats of the cohort.
HOLDING = (*EXPECTED, S.NOT_YET_COMPETENT, S.UNREACHABLE)
# No longer in the cohort; the door back differs.
LEFT = (S.DEFERRED, S.WITHDRAWN, S.DISMISSED, S.TRANSFERRED, S.DUPLICATE)
BEFORE_RESULT = (*IN_PROGRESS, S.NOT_YET_COMPETENT, S.UNREACHABLE)
WHY = ("left_reason",)


def _moves():
    yield Move(S.ENROLLED, S.IN_TRAINING, needs=EDIT)
    yield Move(S.IN_TRAINING, S.ASSESSMENT, needs=EDIT)
    yield Move(S.ASSESSMENT, S.CERTIFIED, needs=EDIT, requires=("certified_on",))
    yield Move(S.ASSESSMENT, S.NOT_YET_COMPETENT, needs=EDIT)
    yield Move(S.NOT_YET_COMPETENT, S.ASSESSMENT, needs=EDIT)  # the resit
    for source in (*BEFORE_RESULT, S.DEFERRED):
        for target in (S.WITHDRAWN, S.DISMISSED):
            yield Move(source, target, needs=EDIT, requires=WHY)
    for source in BEFORE_RESULT:
        yield Move(source, S.DEFERRED, needs=EDIT, requires=WHY)
        yield Move(source, S.DUPLICATE, needs=EDIT, requires=WHY)
        yield Move(S.DUPLICATE, source, needs=EDIT)
    for source in (*IN_PROGRESS, S.NOT_YET_COMPETENT, S.DEFERRED):
        yield Move(source, S.UNREACHABLE, needs=EDIT, requires=WHY)
    for source, target in product((S.UNREACHABLE, S.DEFERRED, S.WITHDRAWN), IN_PROGRESS[:2]):
        yield Move(source, target, needs=EDIT)
    for target in IN_PROGRESS[:2]:  # whom a centre dismissed, the agency takes back
        yield Move(S.DISMISSED, target, needs=Permission.EDIT_PARTNERSHIPS)
    for source in (*BEFORE_RESULT, S.DEFERRED, S.WITHDRAWN):
        yield Move(source, S.TRANSFERRED, needs=EDIT, requires=WHY)


ENROLMENT = Lifecycle(*_moves(), initial=S.ENROLLED)
