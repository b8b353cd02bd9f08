"""What a case needs and whether it lasts long enough; these judge, they never write."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cases.models import Document, DocumentRequirement
from cases.models.document import Stage
from cases.states import DocumentState
from gsp.web.formats import day
from gsp.workflow import Refused
from trainees.journey_states import USUAL, JourneyState
from trainees.states import EnrolmentState, Track
from trainees.validity import Validity

WARNED_DAYS = (90, 60, 30)  # before something ends
SOON = timedelta(days=WARNED_DAYS[0])
# How long after departure something must last where the partnership does not say it.
USUAL_MONTHS = {"passport": 6}
ORDER = list(Stage)
STAGE_OF = {
    EnrolmentState.ENROLLED: Stage.ENROLLED,
    EnrolmentState.IN_TRAINING: Stage.IN_TRAINING,
    EnrolmentState.ASSESSMENT: Stage.IN_TRAINING,
    EnrolmentState.NOT_YET_COMPETENT: Stage.IN_TRAINING,
    EnrolmentState.CERTIFIED: Stage.CERTIFIED,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something lasts against how long it is needed. ``tone`` is good, wait or bad."""

    what: Validity
    needed_until: date | None
    tone: str
    days: int

    @property
    def words(self) -> str:
        """Return both days in one sentence."""
        until = day(self.what.valid_until)
        if self.needed_until is None:
            return _("valid until %(until)s") % {"until": until}
        needed = day(self.needed_until)
        if self.what.valid_until < self.needed_until:
            return _("valid until %(until)s but needed until %(needed)s") % {
                "until": until,
                "needed": needed,
            }
        return _("valid until %(until)s, needed until %(needed)s") % {
            "until": until,
            "needed": needed,
        }


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. ``standing`` is the state, ``action`` what to do next."""

    requirement: DocumentRequirement
    document: Document | None
    is_due: bool
    standing: str
    label: str
    tone: str
    action: str
    needed_until: date | None


def later(start: date, months: int) -> date:
    """Return the day so many months later; the last of the month where there is no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def needed_until(kind: str, departs_on: date | None, requirements) -> date | None:
    """Return how long something of this kind must last; None while no departure is planned."""
    if departs_on is None:
        return None
    asked = [one.months_valid for one in requirements if one.kind == kind]
    asked = [months for months in asked if months is not None]
    return later(departs_on, max(asked) if asked else USUAL_MONTHS.get(kind, 0))


def clock(what: Validity, *, departs_on: date | None, requirements, today: date) -> Clock:
    """Return the clock of one thing against the planned departure."""
    needed = needed_until(what.kind, departs_on, requirements)
    ends_early = needed is not None and what.valid_until < needed
    if what.valid_until < today or ends_early:
        tone = "bad"
    elif what.valid_until <= max(today, needed or today) + SOON:
        tone = "wait"
    else:
        tone = "good"
    return Clock(what, needed, tone, (what.valid_until - today).days)


def stage_reached(enrolment, journey) -> Stage | None:
    """Return how far the person is, in the words of the partnership's list of documents."""
    if enrolment is None:
        return None
    reached = STAGE_OF.get(enrolment.state)
    if journey is None or journey.track != Track.AWAY or journey.state not in USUAL[Track.AWAY]:
        return reached
    way = USUAL[Track.AWAY]
    here = way.index(journey.state)
    if here >= way.index(JourneyState.VISA):
        return Stage.DEPARTURE
    if here >= way.index(JourneyState.CONTRACT_VERIFIED):
        return Stage.PERMIT
    return Stage.MATCHED if here >= way.index(JourneyState.MATCHED) else reached


def asked_of(requirements, track: str) -> list[DocumentRequirement]:
    """Return what is asked of somebody on the track, the earliest stage first."""
    mine = [one for one in requirements if one.track in (DocumentRequirement.Track.ANY, track)]
    return sorted(mine, key=lambda one: (ORDER.index(one.stage), one.kind, one.pk))


def checklist(requirements, documents, *, track, reached, departs_on, today) -> list[Item]:
    """Return the partnership's list with what of it is there.

    ``documents`` are the person's current ones; ``reached`` is the stage the person is at.
    """
    limit = -1 if reached is None else ORDER.index(reached)
    return [
        _item(
            one,
            _best(documents, one.kind),
            is_due=ORDER.index(one.stage) <= limit + 1,
            departs_on=departs_on,
            today=today,
        )
        for one in asked_of(requirements, track)
    ]


WORTH = {DocumentState.ACCEPTED: 2, DocumentState.RECEIVED: 1, DocumentState.REJECTED: 0}


def _best(documents, kind: str) -> Document | None:
    fitting = [one for one in documents if one.kind == kind and one.state in WORTH]
    return max(
        fitting,
        key=lambda one: (WORTH[one.state], one.expires_on or date.max, one.pk),
        default=None,
    )


def _item(requirement, document, *, is_due, departs_on, today) -> Item:
    needed = None
    if requirement.months_valid is not None and departs_on is not None:
        needed = later(departs_on, requirement.months_valid)
    standing, label, tone, action = _standing(requirement, document, is_due, needed, today)
    return Item(requirement, document, is_due, standing, label, tone, action, needed)


def _standing(requirement, document, is_due, needed, today):
    """Return state, label, tone and next action of one line."""
    kind = requirement.get_kind_display()
    if document is None:
        tone = "bad" if is_due else "quiet"
        return "missing", _("Missing"), tone, _("Ask for it: %(kind)s") % {"kind": kind}
    if document.state == DocumentState.REJECTED:
        return "rejected", _("Rejected"), "bad", _("Ask for it again")
    ends = document.expires_on
    if ends is not None and ends < today:
        return "expired", _("Expired"), "bad", _("Have it renewed")
    if ends is not None and needed is not None and ends < needed:
        return "too_short", _("Ends too early"), "bad", _("Have it renewed before departure")
    if ends is not None and ends <= today + SOON:
        return "expiring", _("Expiring"), "wait", _("Have it renewed soon")
    if document.state == DocumentState.RECEIVED:
        return "received", _("To be checked"), "wait", _("Check it")
    if ends is None and requirement.months_valid is not None:
        return "no_end", _("End not known"), "wait", _("Write down until when it is valid")
    return "accepted", _("Accepted"), "good", ""


def has_no_open_deficit(recognition) -> None:
    """Refuse full recognition while a deficit is not made up.

    Raises:
        Refused: it names how many are left.

    """
    left = recognition.deficits.filter(closed_on=None).count()
    if left:
        raise Refused(
            _("%(left)s deficits are not made up yet. Close them first.") % {"left": left},
            field="state",
            code="deficits_open",
        )
