"""The lifecycles of a call and of an application."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class CallState(TextChoices):
    """Where a call for applications stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SCREENING = "screening", _("Screening")
    DECIDED = "decided", _("Decided")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class ApplicationState(TextChoices):
    """Where an application stands."""

    APPLIED = "applied", _("Applied")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    ASSESSED = "assessed", _("Assessed")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    WAITLISTED = "waitlisted", _("On the waiting list")
    PLACE_OFFERED = "place_offered", _("Place offered")
    ACCEPTED = "accepted", _("Place accepted")
    OFFER_DECLINED = "offer_declined", _("Offer declined")
    OFFER_EXPIRED = "offer_expired", _("Offer expired")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


C, A = CallState, ApplicationState
MANAGE = Permission.MANAGE_SELECTION

CALL = Lifecycle(
    Move(C.DRAFT, C.OPEN, needs=MANAGE),
    Move(C.DRAFT, C.CANCELLED, needs=MANAGE),
    Move(C.OPEN, C.CLOSED, needs=MANAGE, requires=("seed",)),
    Move(C.OPEN, C.CANCELLED, needs=MANAGE),
    Move(C.CLOSED, C.OPEN, needs=MANAGE),
    Move(C.CLOSED, C.SCREENING, needs=MANAGE),
    Move(C.CLOSED, C.CANCELLED, needs=MANAGE),
    Move(C.SCREENING, C.DECIDED, needs=MANAGE),
    Move(C.SCREENING, C.CANCELLED, needs=MANAGE),
    Move(C.DECIDED, C.SCREENING, needs=MANAGE),
    Move(C.DECIDED, C.ENDED, needs=MANAGE),
    initial=C.DRAFT,
)

# What the decision may make of an application, and what taking it back restores.
IN_SELECTION = (A.APPLIED, A.ELIGIBLE, A.INELIGIBLE, A.ASSESSED)
PASSED = (A.ELIGIBLE, A.ASSESSED, A.SHORTLISTED, A.WAITLISTED, A.PLACE_OFFERED, A.ACCEPTED)

APPLICATION = Lifecycle(
    Move(A.APPLIED, A.ELIGIBLE, needs=MANAGE),
    Move(A.APPLIED, A.INELIGIBLE, needs=MANAGE),
    Move(A.ELIGIBLE, A.INELIGIBLE, needs=MANAGE),
    Move(A.INELIGIBLE, A.ELIGIBLE, needs=MANAGE),
    Move(A.ELIGIBLE, A.ASSESSED, needs=Permission.SCORE_APPLICATIONS),
    Move(A.ASSESSED, A.ELIGIBLE, needs=Permission.SCORE_APPLICATIONS),
    Move(A.ASSESSED, A.INELIGIBLE, needs=MANAGE),
    Move(A.ASSESSED, A.SHORTLISTED, needs=MANAGE),
    Move(A.ASSESSED, A.WAITLISTED, needs=MANAGE),
    *(Move(state, A.REJECTED, needs=MANAGE) for state in (A.ELIGIBLE, A.INELIGIBLE, A.ASSESSED)),
    # taking the decision back
    Move(A.SHORTLISTED, A.ASSESSED, needs=MANAGE),
    Move(A.WAITLISTED, A.ASSESSED, needs=MANAGE),
    *(Move(A.REJECTED, state, needs=MANAGE) for state in (A.ELIGIBLE, A.INELIGIBLE, A.ASSESSED)),
    # places
    Move(A.SHORTLISTED, A.PLACE_OFFERED, needs=MANAGE),
    Move(A.WAITLISTED, A.PLACE_OFFERED, needs=MANAGE),
    Move(A.WAITLISTED, A.REJECTED, needs=MANAGE),
    Move(A.PLACE_OFFERED, A.ACCEPTED, needs=MANAGE),
    Move(A.PLACE_OFFERED, A.OFFER_DECLINED, needs=MANAGE),
    Move(A.PLACE_OFFERED, A.OFFER_EXPIRED, needs=MANAGE),
    *(
        Move(state, A.WITHDRAWN, needs=MANAGE)
        for state in (*IN_SELECTION, A.SHORTLISTED, A.WAITLISTED, A.PLACE_OFFERED)
    ),
    initial=A.APPLIED,
)
