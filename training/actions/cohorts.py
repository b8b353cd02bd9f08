"""Cohorts: planned and edited."""

from django.db import transaction

from partnerships.naming import partnership_named
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from training import rules
from training.models import Cohort
from training.queries import seats_held

CHANGEABLE = frozenset(
    {
        "code",
        "starts_on",
        "ends_on",
        "home_seats",
        "away_seats",
        "decision_opens_on",
        "decision_closes_on",
        "is_demonstration",
    }
)


@transaction.atomic
def plan(course, *, partnership, by, at, **facts) -> Cohort:
    """Plan a cohort of ``course`` in ``partnership`` (a row, address or identifier); return it.

    ``facts`` are fields of Cohort.

    Raises:
        Refused: the centre takes no part, the code is taken, or a fact is impossible.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(course.centre_id, Permission.EDIT_TRAINING, by)
    if isinstance(partnership, str):
        partnership = partnership_named(partnership)
    rules.takes_part(course.centre, partnership)
    cohort = Cohort(course=course, centre=course.centre, partnership=partnership, **_checked(facts))
    rules.is_sound(cohort)
    is_valid(cohort)
    cohort.save()
    return cohort


@transaction.atomic
def edit(cohort, *, by, at, **facts) -> Cohort:
    """Change what is named and return the cohort.

    Raises as ``plan``, and Refused where the cohort has ended or trainees hold the seats.
    """
    may_act_for(cohort.centre_id, Permission.EDIT_TRAINING, by)
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    rules.is_changeable(cohort)
    for name, value in _checked(facts).items():
        setattr(cohort, name, value)
    rules.is_sound(cohort)
    rules.seats_suffice(cohort, seats_held(cohort))
    is_valid(cohort)
    cohort.save()
    return cohort


def _checked(facts: dict) -> dict:
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a cohort has no {sorted(unknown)}")
    return facts
