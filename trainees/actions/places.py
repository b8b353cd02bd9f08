"""Everybody's place: the journeys that follow from states and tracks, opened and closed as one.

After any change of a track or a state ``settle`` makes the open journeys agree with it again:
certified or on a track means exactly one open journey, having left means none. A way abroad that
ends before departure so always opens the search for work at home, in the same transaction.
"""

from datetime import timedelta

from gsp.workflow import move_all
from partnerships.roles import System
from trainees.actions.story import tell_all
from trainees.journey_states import (
    FINISHED,
    FIRST,
    LIFECYCLES,
    USUAL_DAYS,
    JourneyState,
)
from trainees.models import FollowUp, Journey, JourneyStep, Person, TrackDecision
from trainees.models.story import CaseEvent
from trainees.states import LEFT, EnrolmentState, Track

FOLLOWS = System("journeys")
Reason = TrackDecision.Reason
ENDS_BY = {
    Reason.VISA_REFUSED: JourneyState.PERMIT_REFUSED,
    Reason.PERMIT_EXPIRED: JourneyState.PERMIT_EXPIRED,
    Reason.OFFER_RETRACTED: JourneyState.OFFER_RETRACTED,
    Reason.LANGUAGE_FAILED: JourneyState.LANGUAGE_FAILED,
    Reason.RECOGNITION_REFUSED: JourneyState.RECOGNITION_REFUSED,
}
ROW = ("pk", "uid", "person_id", "centre_id", "track", "state")


def settle(enrolments, *, by, at, reason: str = "") -> int:
    """Make the journeys of a queryset of enrolments agree with state and track; return how many.

    ``reason`` is the code of the track decision that led to it, if one did. A constant number of
    statements; repeated, it changes nothing.
    """
    rows = list(enrolments.order_by("pk").values(*ROW))
    ids = [row["pk"] for row in rows]
    held = {one.enrolment_id: one for one in Journey.objects.open().filter(enrolment__in=ids)}
    ended = set(
        Journey.objects.filter(enrolment__in=ids, state__in=FINISHED).values_list(
            "enrolment_id", "track"
        )
    )
    closing, opening = [], []
    for row in rows:
        track, journey = track_of(row), held.get(row["pk"])
        if journey and journey.track != track:
            closing.append((journey, _end(journey, row, reason)))
        missing = track and (journey is None or journey.track != track)
        if missing and (row["pk"], track) not in ended:
            opening.append((row, track))
    _close(closing, by=by, at=at, reason=reason)
    _open(opening, by=by, at=at, reason=reason)
    return len(closing) + len(opening)


def track_of(row: dict) -> str | None:
    """Return the track on which an enrolment has a journey, None where it has none.

    Whoever is certified without a decision looks for work at home until they decide.
    """
    if row["state"] in LEFT:
        return None
    if row["track"] != Track.UNDECIDED:
        return row["track"]
    return Track.HOME if row["state"] == EnrolmentState.CERTIFIED else None


def due_on(state: str, on):
    """Return the day by which a state entered on ``on`` is usually left."""
    days = USUAL_DAYS.get(state)
    return None if days is None else on + timedelta(days=days)


def actor(by) -> str:
    """Return who acted, as steps name them."""
    return (by.user.name if hasattr(by, "user") else by.name)[:150]


def _end(journey, row, reason: str) -> JourneyState:
    """Return the state in which the journey closes."""
    if row["state"] in LEFT:
        return JourneyState.LEFT
    wanted = ENDS_BY.get(reason, JourneyState.STOPPED)
    known = (journey.state, wanted) in journey.lifecycle.moves
    return wanted if known else JourneyState.STOPPED


def _close(closing, *, by, at, reason) -> None:
    ways = {(journey.track, end) for journey, end in closing}
    for track, end in sorted(ways):
        ids = [one.pk for one, ends in closing if (one.track, ends) == (track, end)]
        rows = Journey.objects.open().filter(pk__in=ids)
        changes = {"closed_at": at, "due_on": None}
        move_all(rows, end, by=FOLLOWS, at=at, lifecycle=LIFECYCLES[track], **changes)
    gone = [journey.pk for journey, _end in closing]
    planned = FollowUp.objects.filter(journey__in=gone, status=FollowUp.State.PLANNED)
    if gone:
        planned.update(status=FollowUp.State.DROPPED)
    _tell(((journey, journey.state, end) for journey, end in closing), by, at, reason)


def _open(opening, *, by, at, reason) -> None:
    made = Journey.objects.bulk_create(
        [
            Journey(
                enrolment_id=row["pk"],
                person_id=row["person_id"],
                centre_id=row["centre_id"],
                track=track,
                state=FIRST[track],
                state_changed_at=at,
                opened_at=at,
                due_on=due_on(FIRST[track], at.date()),
            )
            for row, track in opening
        ],
        batch_size=1000,
    )
    _tell(((journey, "", journey.state) for journey in made), by, at, reason)


def _tell(moved, by, at, reason) -> None:
    """Write a step and an event of the timeline for each (journey, from, to)."""
    moved = list(moved)
    if not moved:
        return
    JourneyStep.objects.bulk_create(
        [
            JourneyStep(
                journey=journey,
                centre_id=journey.centre_id,
                source=source,
                target=target,
                happened_on=at.date(),
                reason=reason,
                made_at=at,
                made_by=actor(by),
            )
            for journey, source, target in moved
        ],
        batch_size=1000,
    )
    told = [(_person(one), str(JourneyState(target).label), one) for one, _from, target in moved]
    tell_all(told, CaseEvent.Kind.JOURNEY, by=by, at=at)


def _person(journey) -> Person:
    """Return the person as far as a key is needed: nothing is decrypted."""
    return Person(pk=journey.person_id, centre_id=journey.centre_id)
