"""A cohort with its people: it recruits, starts, is assessed, closes or is cancelled as a whole."""

from django.db import transaction

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions import tracks
from trainees.actions.changes import record
from trainees.actions.places import settle
from trainees.models import Enrolment
from trainees.states import IN_PROGRESS, LeftReason
from trainees.states import EnrolmentState as State
from training import waiting
from training.models import Cohort
from training.states import CohortState

# An enrolment outlives its cohort: a cancellation defers, nobody has to apply again.
FOLLOWS = {
    CohortState.IN_TRAINING: (State.IN_TRAINING, (State.ENROLLED,), ""),
    CohortState.CANCELLED: (State.DEFERRED, IN_PROGRESS, LeftReason.COHORT_CANCELLED),
}


@transaction.atomic
def move(cohort, target, *, by, at) -> Cohort:
    """Move the cohort to ``target``, its trainees with it, and return it.

    A start takes all who are enrolled into training; a cancellation defers all who have no
    result yet, so that another cohort can take them. A constant number of statements.

    Raises:
        Refused: the lifecycle has no such move, or something is missing; it says who does it.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(cohort.centre_id, Permission.EDIT_TRAINING, by)
    cohort = tracks.hold(cohort)
    rules.refuse_all(missing(cohort, target, at.date()))
    cohort = workflow.move(cohort, target, by=by, at=at)
    if target in FOLLOWS:
        _take_along(cohort, *FOLLOWS[target], by=by, at=at)
    return cohort


def missing(cohort, target, on) -> list[Refused]:
    """Return what the move waits for, as refusals."""
    if (cohort.state, target) not in cohort.lifecycle.moves:
        return []
    return [
        Refused(f"{one.text} ({one.who})", field="state", code=one.code)
        for one in waiting.before(cohort, target, on)
    ]


def _take_along(cohort, target, sources, reason, *, by, at) -> None:
    rows = list(cohort.enrolments.filter(state__in=sources).order_by("id"))
    chosen = Enrolment.objects.filter(pk__in=[row.pk for row in rows])
    before = {row.pk: row.state for row in rows}
    changes = {"left_reason": reason}
    workflow.move_all(chosen, target, by=by, at=at, sources=sources, **changes)
    record(rows, target, sources=before, by=by, at=at, reason=reason)
    settle(chosen, by=by, at=at)
