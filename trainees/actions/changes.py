"""Writes down what became of enrolments: a row of their history and an event of the timeline."""

from trainees.actions.story import tell_all
from trainees.models import EnrolmentChange, Person
from trainees.models.story import CaseEvent
from trainees.states import EnrolmentState, LeftReason


def record(enrolments, target, *, sources, by, at, reason="", note="", returns_on=None) -> None:
    """Record moves to ``target`` just made, in two statements; ``sources`` are states by id."""
    EnrolmentChange.objects.bulk_create(
        [
            EnrolmentChange(
                enrolment=enrolment,
                centre_id=enrolment.centre_id,
                source=sources[enrolment.pk],
                target=target,
                reason=reason,
                note=note.strip(),
                changed_on=at.date(),
                returns_on=returns_on,
            )
            for enrolment in enrolments
        ],
        batch_size=1000,
    )
    why = f": {LeftReason(reason).label}" if reason else ""
    told = [(_person(one), f"{EnrolmentState(target).label}{why}", one) for one in enrolments]
    tell_all(told, CaseEvent.Kind.STATE, by=by, at=at)


def _person(enrolment) -> Person:
    """Return the person as far as a key is needed: nothing is decrypted."""
    return Person(pk=enrolment.person_id, centre_id=enrolment.centre_id)
