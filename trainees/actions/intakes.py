"""A cohort with its people: it starts, is assessed, closes or is cancelled as a whole."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.states import EnrolmentState as State
from training.models import Cohort
from training.states import CohortState

UNSETTLED = (State.ENROLLED, State.IN_TRAINING)
FOLLOWS = {
    CohortState.IN_TRAINING: (State.IN_TRAINING, (State.ENROLLED,)),
    CohortState.CANCELLED: (State.WITHDRAWN, (*UNSETTLED, State.DEFERRED)),
}


@transaction.atomic
def move(cohort, target, *, by, at) -> Cohort:
    """Move the cohort to ``target``, its trainees with it, and return it.

    A start takes all who are enrolled into training; a cancellation withdraws all who have no
    result yet. A cohort is assessed once nobody waits for a result.

    Raises:
        Refused: the lifecycle has no such move, nobody is enrolled, or results are missing.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(cohort.centre_id, Permission.EDIT_TRAINING, by)
    if target == CohortState.IN_TRAINING:
        _has_trainees(cohort)
    if target == CohortState.ASSESSED:
        _has_results(cohort)
    cohort = workflow.move(cohort, target, by=by, at=at)
    follows, sources = FOLLOWS.get(target, (None, ()))
    for enrolment in cohort.enrolments.filter(state__in=sources).order_by("id"):
        workflow.move(enrolment, follows, by=by, at=at)
    return cohort


def _has_trainees(cohort) -> None:
    if not cohort.enrolments.holding_seats().exists():
        raise Refused(
            _("Nobody is enrolled yet. Upload the list of trainees first."),
            field="state",
            code="nobody_enrolled",
        )


def _has_results(cohort) -> None:
    waiting = cohort.enrolments.filter(state__in=UNSETTLED).count()
    if waiting:
        raise Refused(
            ngettext(
                "%(count)s trainee has no result yet. Certify, defer or withdraw them first.",
                "%(count)s trainees have no result yet. Certify, defer or withdraw them first.",
                waiting,
            )
            % {"count": waiting},
            field="state",
            code="results_missing",
        )
