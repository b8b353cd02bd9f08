"""Tracks: decided after counselling, changed with a reason, corrected; each decision stays."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.tenancy.scope import as_agency
from gsp.workflow import Refused
from partnerships.models import Partnership
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from trainees import rules
from trainees.actions.places import settle
from trainees.actions.story import tell, tell_all
from trainees.models import Counselling, Enrolment, TrackDecision
from trainees.models.story import CaseEvent
from trainees.rules.personal import levels_shown
from trainees.rules.tracks import departed
from trainees.states import Track
from training.models import Cohort

Reason = TrackDecision.Reason


@transaction.atomic
def decide(
    enrolment,
    track,
    *,
    by,
    at,
    reason="",
    on=None,
    adviser="",
    counselled_on=None,
    form="",
    note="",
) -> TrackDecision:
    """Record that the trainee takes ``track`` ("home" or "away") from day ``on`` (today).

    It rests on the counselling named here, or on the last one recorded that no decision used
    yet. ``reason`` is a code of TrackDecision.Reason; the first choice needs none. Somebody on
    the away track may turn home at any time before departure, whatever seats are left there.

    Raises:
        Refused: nothing to decide, no reason, or guards of the terms; all of them are named.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.DECIDE_TRACK, by)
    enrolment = _locked(enrolment)
    on = on or at.date()
    if not reason and enrolment.track == Track.UNDECIDED:
        reason = Reason.FIRST_CHOICE
    rules.on_is_sound(on, after=_last_on(enrolment), today=at.date())
    advice = _advice(enrolment, adviser, counselled_on or on, form, note)
    standing = rules.Standing.of(enrolment.cohort)
    shown = levels_shown(standing.partnership, [enrolment.person_id], on)
    level = shown.get(enrolment.person_id, "")
    wanted = rules.Decision(enrolment, track, on, reason, advice is not None, level)
    rules.may_take(wanted, standing)
    return _write(enrolment, track, reason=reason, advice=advice, on=on, by=by, at=at)


def open_tracks(enrolment, *, on) -> list[dict]:
    """Return each track with all that stands against it for this person on a day.

    Each is ``{"track", "label", "guards"}``; a track without guards is open. The counselling is
    taken as held, since the same form records it.
    """
    standing = rules.Standing.of(enrolment.cohort)
    level = levels_shown(standing.partnership, [enrolment.person_id], on)
    found = []
    for track in (Track.HOME, Track.AWAY):
        held = enrolment.track == track
        wanted = rules.Decision(enrolment, track, on, "", True, level.get(enrolment.person_id, ""))
        guards = [] if held else rules.guards(wanted, standing)
        found.append({"track": track, "label": track.label, "held": held, "guards": guards})
    return found


@transaction.atomic
def counsel(enrolment, *, adviser, held_on, form="", note="", by, at) -> Counselling:
    """Record a talk about home and away; the next decision rests on it.

    Raises:
        Refused: no adviser is named, or the day lies in the future.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.DECIDE_TRACK, by)
    rules.on_is_sound(held_on, after=None, today=at.date(), field="held_on")
    advice = _counselling(enrolment, adviser, held_on, form, note)
    is_valid(advice)
    advice.save()
    text = _("Counselled by %(adviser)s") % {"adviser": advice.adviser}
    tell(enrolment.person, CaseEvent.Kind.TRACK, by=by, at=at, text=text, about=advice)
    return advice


@transaction.atomic
def undo(enrolment, *, by, at) -> TrackDecision:
    """Correct the latest decision by a further one that returns to the track before it.

    Raises:
        Refused: nothing is decided yet, or the track before has no room any more.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.DECIDE_TRACK, by)
    enrolment = _locked(enrolment)
    decided = list(enrolment.track_decisions.order_by("-id")[:2])
    if not decided or decided[0].track == Track.UNDECIDED:
        raise Refused(_("Nothing is decided yet."), field="track", code="nothing_decided")
    rules.is_open(enrolment)
    if enrolment.track == Track.AWAY and rules.has_departed(enrolment):
        raise departed()
    before = decided[1].track if decided[1:] else Track.UNDECIDED
    if before not in (Track.UNDECIDED, enrolment.track):
        rules.refuse_all(rules.room_guards(rules.Standing.of(enrolment.cohort), before))
    return _write(
        enrolment, before, reason=Reason.CORRECTION, advice=None, on=at.date(), by=by, at=at
    )


def write(enrolment, track, *, reason, on, by, at) -> TrackDecision:
    """Record a decision that follows from something else: no guard is asked."""
    return _write(enrolment, track, reason=reason, advice=None, on=on, by=by, at=at)


@transaction.atomic
def record_listed(listed, *, on, by, at) -> int:
    """Record what a list decided and the guards let through; return how many, in five statements.

    ``listed`` are ``(enrolment, track, reason, adviser, counselled_on)``; without an adviser the
    last counselling that no decision used counts.
    """
    listed = list(listed)
    spare = Counselling.objects.filter(
        enrolment__in=[one[0].pk for one in listed], decisions=None
    ).order_by("id")
    spare = {advice.enrolment_id: advice for advice in spare}
    fresh = {
        enrolment.pk: _counselling(enrolment, adviser, held_on or on, "", "")
        for enrolment, _track, _reason, adviser, held_on in listed
        if adviser
    }
    Counselling.objects.bulk_create(fresh.values(), batch_size=1000)
    for track in (Track.HOME, Track.AWAY):
        ids = [one[0].pk for one in listed if one[1] == track]
        Enrolment.objects.filter(pk__in=ids).update(track=track)
    made = []
    for enrolment, track, reason, _adviser, _held_on in listed:
        enrolment.track = track
        advice = fresh.get(enrolment.pk) or spare.get(enrolment.pk)
        made.append(_decision(enrolment, track, reason, advice, on))
    TrackDecision.objects.bulk_create(made, batch_size=1000)
    told = [(one.enrolment.person, str(one.get_track_display()), one) for one in made]
    tell_all(told, CaseEvent.Kind.TRACK, by=by, at=at)
    return len(made)


def hold(cohort) -> Cohort:
    """Lock a cohort and the terms it is under, so that no seat is given twice; return it anew.

    Everybody locks in this order: partnership, cohort, and then the people.
    """
    with as_agency():
        Partnership.objects.select_for_update(no_key=True).get(pk=cohort.partnership_id)
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _locked(enrolment) -> Enrolment:
    """Return the enrolment as it is now, its cohort and partnership locked."""
    cohort = hold(enrolment.cohort)
    found = Enrolment.objects.select_related("person").get(pk=enrolment.pk)
    found.cohort = cohort
    return found


def _last_on(enrolment):
    return enrolment.track_decisions.order_by("-id").values_list("decided_on", flat=True).first()


def _advice(enrolment, adviser: str, held_on, form: str, note: str) -> Counselling | None:
    if not adviser.strip():
        return enrolment.counsellings.filter(decisions=None).order_by("-held_on", "-id").first()
    return _counselling(enrolment, adviser, held_on, form, note)


def _counselling(enrolment, adviser, held_on, form, note) -> Counselling:
    return Counselling(
        enrolment=enrolment,
        centre_id=enrolment.centre_id,
        adviser=adviser.strip(),
        held_on=held_on,
        form=form or Counselling.Form.IN_PERSON,
        note=note.strip(),
    )


def _write(enrolment, track, *, reason, advice, on, by, at) -> TrackDecision:
    if advice is not None and advice.pk is None:
        rules.on_is_sound(advice.held_on, after=None, today=on, field="counselled_on")
        is_valid(advice)
        advice.save()
    Enrolment.objects.filter(pk=enrolment.pk).update(track=track)
    decision = _decision(enrolment, track, reason, advice, on)
    decision.save()
    text = f"{decision.get_track_display()}: {decision.get_reason_display()}"
    tell(enrolment.person, CaseEvent.Kind.TRACK, by=by, at=at, text=text, about=decision)
    settle(Enrolment.objects.filter(pk=enrolment.pk), by=by, at=at, reason=reason)
    return decision


def _decision(enrolment, track, reason, advice, on) -> TrackDecision:
    return TrackDecision(
        enrolment=enrolment,
        centre_id=enrolment.centre_id,
        track=track,
        reason=reason,
        adviser=advice.adviser if advice else "",
        counselling=advice,
        decided_on=on,
    )
