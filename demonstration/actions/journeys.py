"""Builds the ways into work that follow from the invented tracks: some have come far already."""

from datetime import timedelta

from demonstration.site import Site
from partnerships.roles import System
from trainees.actions import deadlines, journeys
from trainees.actions.follow_ups import record
from trainees.actions.places import settle
from trainees.journey_states import USUAL, JourneyState, PlacementKind
from trainees.models import Enrolment, FollowUp, Journey
from trainees.states import EnrolmentState, Track

DEMONSTRATION = System("Demonstration")
State = JourneyState
# How far the certified of a track have come, in turns.
AWAY_GOALS = (State.MATCHED, State.PERMIT_FILED, State.INTEGRATION, State.VISA, State.OFFERED)
HOME_GOALS = (State.PLACED, State.REFERRED, State.JOB_SEARCH, State.PLACED, State.INTERVIEWED)
KINDS = list(PlacementKind)


def build_journeys(site: Site) -> None:
    """Open every journey of the partnership, take those of the certified on, sweep once.

    Built again, it changes nothing: what is open stays as it is.
    """
    everyone = Enrolment.objects.filter(cohort__partnership=site.partnership)
    if Journey.objects.filter(enrolment__in=everyone).exists():
        return
    settle(everyone, by=DEMONSTRATION, at=site.at)
    certified = Journey.objects.open().filter(
        enrolment__in=everyone.filter(state=EnrolmentState.CERTIFIED)
    )
    for track, goals in ((Track.AWAY, AWAY_GOALS), (Track.HOME, HOME_GOALS)):
        rows = certified.filter(track=track).select_related("enrolment__cohort", "person")
        for number, journey in enumerate(rows.order_by("id")[: 4 * len(goals)]):
            _go(site, journey, goals[number % len(goals)], KINDS[number % len(KINDS)])
    _answer(site)
    deadlines.sweep(site.at.date(), by=DEMONSTRATION, at=site.at)


def _go(site: Site, journey, goal, kind) -> None:
    way = USUAL[journey.track]
    for target in way[1 : way.index(goal) + 1]:
        facts = {}
        if target == State.PLACED:
            started = site.at.date() - timedelta(days=site.random.randint(20, 200))
            facts = {"placement_kind": kind, "work_started_on": started}
        journey = journeys.move(journey, target, by=DEMONSTRATION, at=site.at, **facts)


def _answer(site: Site) -> None:
    """Answer most follow-ups that are due; some people cannot be reached."""
    today = site.at.date()
    due = FollowUp.objects.filter(
        journey__enrolment__cohort__partnership=site.partnership, due_on__lte=today
    )
    for number, row in enumerate(due.select_related("person").order_by("id")):
        status = FollowUp.State.UNREACHABLE if number % 5 == 4 else FollowUp.State.ANSWERED
        if number % 3 != 2:
            record(row, status, by=DEMONSTRATION, at=site.at)
