"""Enrolments: made, moved along their lifecycle, left for a time or for good, and taken up again.

An enrolment outlives its cohort: whoever left comes back to it, or goes on in another one.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions import tracks
from trainees.actions.certificates import certify, certify_all
from trainees.actions.changes import record
from trainees.actions.places import settle
from trainees.actions.story import tell
from trainees.models import Enrolment, TrackDecision
from trainees.models.story import CaseEvent
from trainees.states import HOLDING, LEFT, EnrolmentState, LeftReason, Track
from training.states import CohortState

__all__ = [
    "certify",
    "certify_all",
    "end_as_duplicate",
    "enrol",
    "move",
    "re_enter",
    "undo_duplicate",
]

State = EnrolmentState
# Moves that have an action of their own.
ELSEWHERE = (State.CERTIFIED, State.TRANSFERRED, State.DUPLICATE)
AWAY_FROM_CLASS = (*LEFT, State.UNREACHABLE)


@transaction.atomic
def enrol(person, cohort, *, by, at, on=None) -> Enrolment:
    """Give the person a seat in the cohort, undecided between the tracks; return the enrolment.

    Raises:
        Refused: the cohort takes nobody, is full, or the person is in it already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = tracks.hold(cohort)
    rules.takes_lists(cohort)
    rules.is_not_in(person, cohort)
    rules.has_any_seat(cohort)
    enrolment = Enrolment.objects.create(
        person=person,
        cohort=cohort,
        centre_id=cohort.centre_id,
        enrolled_on=on or at.date(),
        state=state_in(cohort),
    )
    kind, text = CaseEvent.Kind.ENROLLED, _("Enrolled in %(cohort)s") % {"cohort": cohort}
    tell(person, kind, by=by, at=at, text=text, about=enrolment)
    return enrolment


@transaction.atomic
def move(enrolment, target, *, by, at, reason="", note="", returns_on=None) -> Enrolment:
    """Move the enrolment to ``target`` and return it.

    Whoever leaves (deferred, withdrawn, dismissed, unreachable) needs a ``reason`` of LeftReason,
    a deferral also the day of the planned return; coming back is ``re_enter``.

    Raises:
        Refused: the lifecycle has no such move, or the reason or day is missing.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    if target in ELSEWHERE:
        raise Refused(
            _("This has a form of its own: certify, transfer, or review the duplicate."),
            field="state",
            code="no_such_move",
        )
    if enrolment.state in AWAY_FROM_CLASS and target in (State.ENROLLED, State.IN_TRAINING):
        return re_enter(enrolment, by=by, at=at, note=note)
    if (enrolment.state, target) == (State.IN_TRAINING, State.NOT_YET_COMPETENT):
        enrolment = workflow.move(enrolment, State.ASSESSMENT, by=by, at=at)
    leaves = target in AWAY_FROM_CLASS
    if leaves:
        rules.has_left_reason(reason)
    if target == State.DEFERRED:
        rules.returns_later(returns_on, at.date())
    facts = {"reason": reason if leaves else "", "note": note, "returns_on": returns_on}
    return _moved(enrolment, target, by=by, at=at, **facts)


@transaction.atomic
def re_enter(enrolment, *, by, at, note="", keeps_track=True) -> Enrolment:
    """Take somebody back into their cohort; return the enrolment.

    They come back on the track they had if the terms still have room for it; with
    ``keeps_track=False`` they come back undecided.

    Raises:
        Refused: the cohort takes nobody any more (a transfer helps), or there is no room.
        NotAllowed, Stale: as ``move``.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = tracks.hold(enrolment.cohort)
    rules.takes_back(cohort)
    enrolment = Enrolment.objects.select_related("person").get(pk=enrolment.pk)
    returns = enrolment.state not in HOLDING
    if returns:
        rules.has_any_seat(cohort)
    if returns and enrolment.track != Track.UNDECIDED:
        if keeps_track:
            standing = rules.Standing.of(cohort)
            standing.expect(enrolment.person)
            rules.refuse_all(rules.room_guards(standing, enrolment.track))
        else:
            _undecide(enrolment, by=by, at=at)
    enrolment.cohort = cohort
    return _moved(enrolment, state_in(cohort), by=by, at=at, note=note)


@transaction.atomic
def end_as_duplicate(enrolment, *, by, at) -> Enrolment:
    """End the second enrolment of one person in one cohort; ``undo_duplicate`` puts it back.

    Raises:
        Refused: it has a certificate, or has ended otherwise.
        NotAllowed, Stale: as ``move``.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    return _moved(enrolment, State.DUPLICATE, by=by, at=at, reason=LeftReason.DUPLICATE)


@transaction.atomic
def undo_duplicate(enrolment, *, by, at) -> Enrolment:
    """Put back an enrolment that was ended as a duplicate, where it was; return it.

    The seat is held for nobody: a track whose room has gone meanwhile is undecided again.

    Raises:
        Refused: it was not ended as a duplicate.
        NotAllowed, Stale: as ``move``.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = tracks.hold(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("person").get(pk=enrolment.pk)
    ended = enrolment.changes.filter(target=State.DUPLICATE).order_by("-id").first()
    if enrolment.state != State.DUPLICATE or ended is None:
        raise Refused(
            _("This enrolment was not ended as a duplicate."), field="state", code="no_such_move"
        )
    track = enrolment.track
    standing = rules.Standing.of(cohort)
    standing.expect(enrolment.person)
    if track != Track.UNDECIDED and not rules.has_room(standing, track):
        _undecide(enrolment, by=by, at=at)
    return _moved(enrolment, ended.source, by=by, at=at)


def state_in(cohort) -> State:
    """Return the state of somebody who joins a cohort as it is now."""
    return State.IN_TRAINING if cohort.state == CohortState.IN_TRAINING else State.ENROLLED


def _undecide(enrolment, *, by, at) -> None:
    reason = TrackDecision.Reason.RE_ENTRY
    tracks.write(enrolment, Track.UNDECIDED, reason=reason, on=at.date(), by=by, at=at)
    enrolment.track = Track.UNDECIDED


def _moved(enrolment, target, *, by, at, reason="", note="", returns_on=None) -> Enrolment:
    sources = {enrolment.pk: enrolment.state}
    changes = {"left_reason": reason, "returns_on": returns_on}
    enrolment = workflow.move(enrolment, target, by=by, at=at, **changes)
    told = {"reason": reason, "note": note, "returns_on": returns_on}
    record([enrolment], target, sources=sources, by=by, at=at, **told)
    settle(Enrolment.objects.filter(pk=enrolment.pk), by=by, at=at)
    return enrolment
