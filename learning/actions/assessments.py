"""Assessments of a cohort: planned and changed; who passed follows at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from learning import rules
from learning.actions.completions import settle
from learning.models import Assessment
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for

CHANGEABLE = frozenset({"module", "title", "kind", "held_on", "most_points", "pass_points"})


@transaction.atomic
def plan(cohort, *, by, at, **facts) -> Assessment:
    """Add an assessment to the cohort and return it; ``facts`` are fields of Assessment.

    A module that was done by its assessments is open again until this one is passed too.

    Raises:
        Refused: a fact is impossible, or the cohort has ended.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.RECORD_ASSESSMENTS, by)
    rules.cohort_runs(cohort)
    assessment = Assessment(cohort=cohort, centre_id=cohort.centre_id, **_known(facts))
    _check(assessment)
    assessment.save()
    settle(cohort, assessment.module_id, by=by, at=at)
    return assessment


@transaction.atomic
def change(assessment, *, by, at, **facts) -> Assessment:
    """Change what is named and return the assessment; who passed follows at once.

    Raises as ``plan``, and Refused where a result has more points than would be given.
    """
    may_act_for(assessment.centre_id, Permission.RECORD_ASSESSMENTS, by)
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.cohort_runs(assessment.cohort)
    before = assessment.module_id
    for name, value in _known(facts).items():
        setattr(assessment, name, value)
    _check(assessment)
    if assessment.results.filter(points__gt=assessment.most_points).exists():
        raise Refused(
            _("Somebody has more points already."), field="most_points", code="points_out_of_range"
        )
    assessment.save()
    for module in {before, assessment.module_id}:
        settle(assessment.cohort, module, by=by, at=at)
    return assessment


def _known(facts: dict) -> dict:
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"an assessment has no {sorted(unknown)}")
    return facts


def _check(assessment: Assessment) -> None:
    rules.module_is_of(assessment.module, assessment.cohort)
    is_valid(assessment)
