"""Journeys: each step recorded; a way abroad that fails leads back home, never to nowhere."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from gsp.workflow import move as make_move
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions import tracks
from trainees.actions.follow_ups import plan
from trainees.actions.places import ENDS_BY, actor, due_on, settle
from trainees.actions.story import tell
from trainees.journey_states import (
    CLOSED,
    FAILURES,
    OFFER_HELD,
    JourneyState,
)
from trainees.models import Enrolment, Journey, JourneyStep
from trainees.models.story import CaseEvent
from trainees.rules import journeys as journey_rules
from trainees.states import Track

__all__ = ["accepted", "move", "settle", "taken_back"]

State = JourneyState
STARTS = (State.PLACED, State.EMPLOYED)
FACTS = frozenset({"departs_on", "work_started_on", "placement_kind"})
REASON_OF = {end: reason for reason, end in ENDS_BY.items()}
ENTRY = {Track.AWAY: State.MATCHED, Track.HOME: State.REFERRED}
BACK = {Track.AWAY: State.INTEGRATION, Track.HOME: State.JOB_SEARCH}
HELD_OPEN = {Track.AWAY: (State.MATCHED, State.INTERVIEWED), Track.HOME: (State.REFERRED,)}


@transaction.atomic
def move(journey, target, *, by, at, on=None, reason="", note="", **facts) -> Journey:
    """Move the journey to ``target`` as of day ``on`` (today) and return the one that goes on.

    ``facts`` are departs_on, work_started_on and placement_kind. A failure before departure
    closes the way abroad, turns the track home and returns the search for work that it opens.

    Raises:
        Refused: no such step, a fact is missing, or the home floor keeps them from departing.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(journey.centre_id, Permission.EDIT_CASES, by)
    unknown = facts.keys() - FACTS
    if unknown:
        raise TypeError(f"a step has no {sorted(unknown)}")
    on = on or at.date()
    journey_rules.is_a_step(journey, target)
    cohort = tracks.hold(journey.enrolment.cohort)
    journey_rules.is_mine_to_take(journey)
    rules.on_is_sound(on, after=_last_on(journey), today=at.date())
    if target in FAILURES:
        return _fail(journey, target, by=by, at=at, on=on, note=note)
    if target == State.TRAVELLED:
        journey.enrolment = Enrolment.objects.select_related("cohort").get(pk=journey.enrolment_id)
        journey_rules.may_depart(journey)
        facts["departed_on"] = on
    if target in STARTS and not facts.get("work_started_on"):
        facts["work_started_on"] = on
    facts = {name: value for name, value in facts.items() if value}
    journey.enrolment.cohort = cohort
    return _step(journey, target, by=by, at=at, on=on, reason=reason, note=note, facts=facts)


@transaction.atomic
def accepted(enrolment, *, by, at) -> None:
    """Note that an employer has accepted the trainee: matched away, referred at home.

    Call it with the agency's eyes; a journey that is further on stays where it is.
    """
    settle(Enrolment.objects.filter(pk=enrolment.pk), by=by, at=at)
    journey = Journey.objects.open().filter(enrolment=enrolment.pk).first()
    if journey and (journey.state, ENTRY[journey.track]) in journey.lifecycle.moves:
        _step(journey, ENTRY[journey.track], by=by, at=at, on=at.date())


@transaction.atomic
def taken_back(enrolment, *, by, at) -> None:
    """Note that an employer took an acceptance back.

    Before an offer the journey returns to where it was; an offer that is retracted ends the way
    abroad, and the search for work at home begins. After departure it changes nothing.
    """
    journey = Journey.objects.open().filter(enrolment=enrolment.pk).first()
    if journey is None:
        return
    if journey.track == Track.AWAY and journey.state in OFFER_HELD:
        tracks.hold(journey.enrolment.cohort)
        _fail(journey, State.OFFER_RETRACTED, by=by, at=at, on=at.date())
    elif journey.state in HELD_OPEN[journey.track]:
        _step(journey, BACK[journey.track], by=by, at=at, on=at.date())


def _fail(journey, target, *, by, at, on, note="") -> Journey:
    """Turn the track home for the failure's reason; that closes this way and opens the other."""
    if (journey.state, target) not in journey.lifecycle.moves:
        raise Refused(
            _("From “%(source)s” it cannot become “%(target)s”.")
            % {"source": journey.get_state_display(), "target": State(target).label},
            field="state",
            code="no_such_move",
        )
    enrolment = Enrolment.objects.select_related("person").get(pk=journey.enrolment_id)
    tracks.write(enrolment, Track.HOME, reason=REASON_OF[target], on=on, by=by, at=at)
    if note.strip():
        last = journey.steps.order_by("-id").first()
        last.note = note.strip()
        last.save(update_fields=["note"])
    return Journey.objects.open().get(enrolment=enrolment)


def _step(journey, target, *, by, at, on, reason="", note="", facts=None) -> Journey:
    source = journey.state
    changes = dict(facts or {}) | {
        "due_on": due_on(target, on),
        "closed_at": at if target in CLOSED else None,
    }
    journey = make_move(journey, target, by=by, at=at, **changes)
    JourneyStep.objects.create(
        journey=journey,
        centre_id=journey.centre_id,
        source=source,
        target=target,
        happened_on=on,
        reason=reason,
        note=note.strip(),
        made_at=at,
        made_by=actor(by),
    )
    if target in STARTS:
        plan(journey)
    text = str(State(target).label)
    tell(journey.person, CaseEvent.Kind.JOURNEY, by=by, at=at, text=text, about=journey)
    return journey


def _last_on(journey):
    return journey.steps.order_by("-id").values_list("happened_on", flat=True).first()
