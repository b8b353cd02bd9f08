"""Transfers: from one cohort into another of the partnership, also of another centre."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions import tracks
from trainees.actions.changes import record
from trainees.actions.enrolments import state_in
from trainees.actions.places import settle
from trainees.actions.story import tell
from trainees.models import Consent, Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from trainees.models.story import CaseEvent
from trainees.states import EnrolmentState as State
from trainees.states import LeftReason, Track
from training.models import Cohort

# What the receiving centre needs of the person; the rows of the old record stay where they are.
COPIED = (LanguageResult, SkillClaim, Consent)
NOT_COPIED = {"id", "uid", "tenant", "centre", "reference", "merged_into", "person"}


@transaction.atomic
def transfer(enrolment, cohort, *, by, at, note="", keeps_track=True) -> Enrolment:
    """Move somebody into ``cohort`` of the same partnership; return the new enrolment.

    The old one ends as transferred; the new one names it, and carries the track where the terms
    have room for it (``keeps_track=False``: undecided). Between centres only the agency moves
    people: the receiving centre gets a record of its own, to which the old one points.

    Raises:
        Refused: other partnership, the cohort takes nobody or is full, no room on the track, or
            the person has a certificate.
        NotAllowed: ``by`` may not act for both centres.
        Stale: somebody else moved it first.

    """
    for centre in (enrolment.centre_id, cohort.centre_id):
        may_act_for(centre, Permission.UPLOAD_TRAINEES, by)
    _is_possible(enrolment, cohort)
    cohort = tracks.hold(cohort)
    Cohort.objects.select_for_update(no_key=True).get(pk=enrolment.cohort_id)
    enrolment = Enrolment.objects.select_related("person", "cohort").get(pk=enrolment.pk)
    rules.takes_lists(cohort)
    rules.has_any_seat(cohort)
    source, track = enrolment.state, enrolment.track
    old = workflow.move(
        enrolment, State.TRANSFERRED, by=by, at=at, left_reason=LeftReason.OTHER_COHORT
    )
    if not keeps_track:
        track = Track.UNDECIDED
    if track != Track.UNDECIDED:
        standing = rules.Standing.of(cohort)
        standing.expect(old.person)  # the old enrolment counts no more, the new one will
        rules.refuse_all(rules.room_guards(standing, track))
    record(
        [old],
        State.TRANSFERRED,
        sources={old.pk: source},
        by=by,
        at=at,
        reason=LeftReason.OTHER_COHORT,
        note=note,
    )
    settle(Enrolment.objects.filter(pk=old.pk), by=by, at=at)
    return _continue(old, cohort, track, by=by, at=at)


def _is_possible(enrolment, cohort) -> None:
    before = enrolment.cohort
    if before.partnership_id != cohort.partnership_id or before.pk == cohort.pk:
        raise Refused(
            _("Choose another cohort of the same partnership."), field="cohort", code="other_terms"
        )
    if cohort.centre_id == enrolment.centre_id:
        rules.is_not_in(enrolment.person, cohort)
    elif enrolment.person.merged_into_id:
        raise Refused(
            _("This record is merged into another. Transfer the record that stays."),
            field="cohort",
            code="merged",
        )


def _continue(old, cohort, track, *, by, at) -> Enrolment:
    person = old.person
    if cohort.centre_id != old.centre_id:
        person = _record_at(cohort, person, by=by, at=at)
    new = Enrolment.objects.create(
        person=person,
        cohort=cohort,
        centre_id=cohort.centre_id,
        enrolled_on=at.date(),
        state=state_in(cohort),
        continues=old,
    )
    text = _("Moved from %(old)s to %(new)s") % {"old": old.cohort, "new": cohort}
    tell(person, CaseEvent.Kind.ENROLLED, by=by, at=at, text=text, about=new)
    if track != Track.UNDECIDED:
        reason = TrackDecision.Reason.TRANSFER
        tracks.write(new, track, reason=reason, on=at.date(), by=by, at=at)
        new.refresh_from_db()
    return new


def _record_at(cohort, person, *, by, at) -> Person:
    """Return a record of the person at the cohort's centre; the old one points to it."""
    taken = Person.objects.filter(centre_id=cohort.centre_id, reference=person.reference)
    reference = f"{person.reference[:36]}-{cohort.pk % 1000}"
    copy = Person.objects.create(
        **_facts(person),
        centre_id=cohort.centre_id,
        reference=reference if taken.exists() else person.reference,
    )
    for model in COPIED:
        model.objects.bulk_create(
            model(person=copy, centre_id=cohort.centre_id, **_facts(row))
            for row in model.objects.filter(person=person).order_by("id")
        )
    # Records already merged into the old one follow it: no chains.
    Person.objects.filter(merged_into=person).update(merged_into=copy)
    Person.objects.filter(pk=person.pk).update(merged_into=copy)
    person.refresh_from_db()
    return copy


def _facts(row) -> dict:
    fields = (field for field in row._meta.local_fields if field.name not in NOT_COPIED)
    return {field.attname: getattr(row, field.attname) for field in fields}
