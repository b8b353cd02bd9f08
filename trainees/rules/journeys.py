"""What a step of a journey must satisfy; above all that the home floor holds at departure."""

from math import floor

from django.db.models import Count
from django.utils.translation import gettext as _

from gsp.tenancy.scope import as_agency
from gsp.workflow import Refused
from partnerships.models import Partnership
from trainees.journey_states import LIFECYCLES, JourneyState
from trainees.models import Enrolment, Journey
from trainees.rules.seats import ONCE
from trainees.states import EnrolmentState

# Closed by a change of track or by leaving, never by a step of their own.
FOLLOW = (JourneyState.STOPPED, JourneyState.LEFT)


def is_a_step(journey, target) -> None:
    """Refuse ends that follow from a track decision or from leaving the programme."""
    if target in FOLLOW or target not in JourneyState.values:
        raise Refused(
            _("A journey ends so when the track changes or the trainee leaves: record that."),
            field="state",
            code="no_such_move",
        )


def is_mine_to_take(journey) -> None:
    """Refuse a step of a journey that another has followed."""
    if journey.closed_at is None:
        return
    later = Journey.objects.open().filter(enrolment=journey.enrolment_id)
    if later.exists():
        raise Refused(
            _("This journey has ended and another one is open. Go on there."),
            field="state",
            code="journey_over",
        )


def may_depart(journey) -> None:
    """Refuse to send somebody abroad who is not certified, or whom the home floor keeps.

    Of all who were certified in the partnership, at most ⌊(1 − home floor) · certified⌋ are ever
    sent; whoever was sent counts for good. Hold the partnership's row before.

    Raises:
        Refused: with how many more certificates would open the way.

    """
    if journey.enrolment.state != EnrolmentState.CERTIFIED:
        raise Refused(
            _("Only certified trainees depart. Certify first."), field="state", code="uncertified"
        )
    certified, sent, partnership = departures(journey.enrolment.cohort.partnership_id)
    ceiling = floor((1 - partnership.home_floor) * certified)
    if sent >= ceiling:
        raise Refused(
            _(
                "The home floor keeps at least %(floor)s %% at home: of %(certified)s certified "
                "%(ceiling)s may depart, and %(sent)s have. More certificates open more places."
            )
            % {
                "floor": f"{partnership.home_floor * 100:.1f}".rstrip("0").rstrip("."),
                "certified": certified,
                "ceiling": ceiling,
                "sent": sent,
            },
            field="state",
            code="home_floor",
        )


def departures(partnership_id: int) -> tuple[int, int, Partnership]:
    """Return how many people are certified and how many were sent abroad, and the terms."""
    with as_agency():
        people = Count(ONCE, distinct=True)
        certified = Enrolment.objects.filter(
            cohort__partnership=partnership_id, state=EnrolmentState.CERTIFIED
        ).aggregate(count=people)["count"]
        sent = (
            Journey.objects.filter(enrolment__cohort__partnership=partnership_id)
            .exclude(departed_on=None)
            .aggregate(count=people)["count"]
        )
        return certified, sent, Partnership.objects.get(pk=partnership_id)


def moves_of(journey, by) -> list[str]:
    """Return the states ``by`` may move the journey to now: the buttons of its page."""
    moves = LIFECYCLES[journey.track].open_to(journey, by)
    return [move.target for move in moves if move.target not in FOLLOW]
