"""Tracks: decided, changed with a reason, and corrected; every decision stays on record."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.models import Enrolment, TrackDecision
from trainees.states import Track
from training.models import Cohort


@transaction.atomic
def decide(enrolment, track, *, by, at, reason="", adviser="", on=None) -> TrackDecision:
    """Record that the trainee takes ``track`` ("home" or "away") from day ``on`` (today).

    ``reason`` is a code of TrackDecision.Reason; the first choice needs none. Somebody whose
    way abroad failed may always turn home.

    Raises:
        Refused: outside the decision window, no seat, no reason, or nothing to decide.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.DECIDE_TRACK, by)
    enrolment = _locked(enrolment)
    on = on or at.date()
    if not reason and enrolment.track == Track.UNDECIDED:
        reason = TrackDecision.Reason.FIRST_CHOICE
    rules.on_is_sound(on, after=_last_on(enrolment), today=at.date())
    rules.may_take(enrolment, track, reason=reason, on=on)
    return _write(enrolment, track, reason=reason, adviser=adviser, on=on)


@transaction.atomic
def undo(enrolment, *, by, at) -> TrackDecision:
    """Correct the latest decision by a further one that returns to the track before it.

    Raises:
        Refused: nothing is decided yet, or the track before has no seat any more.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.DECIDE_TRACK, by)
    enrolment = _locked(enrolment)
    decided = list(enrolment.track_decisions.order_by("-id")[:2])
    if not decided or decided[0].track == Track.UNDECIDED:
        raise Refused(_("Nothing is decided yet."), field="track", code="nothing_decided")
    rules.is_open(enrolment)
    before = decided[1].track if decided[1:] else Track.UNDECIDED
    if before != Track.UNDECIDED:
        rules.has_seat(enrolment.cohort, before)
    reason = TrackDecision.Reason.CORRECTION
    return _write(enrolment, before, reason=reason, adviser="", on=at.date())


def _locked(enrolment) -> Enrolment:
    """Return the enrolment as it is now; the cohort is locked so that no seat is given twice."""
    cohort = Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
    found = Enrolment.objects.get(pk=enrolment.pk)
    found.cohort = cohort
    return found


def _last_on(enrolment):
    return enrolment.track_decisions.order_by("-id").values_list("decided_on", flat=True).first()


def _write(enrolment, track, *, reason, adviser, on) -> TrackDecision:
    Enrolment.objects.filter(pk=enrolment.pk).update(track=track)
    return TrackDecision.objects.create(
        enrolment=enrolment,
        centre_id=enrolment.centre_id,
        track=track,
        reason=reason,
        adviser=adviser.strip(),
        decided_on=on,
    )
