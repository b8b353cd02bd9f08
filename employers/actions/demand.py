"""Demand from statement to end: state, change, withdraw, fill, reopen, expire."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue.naming import country_named, currency_named, occupation_named
from employers import rules
from employers.actions.requirements import add_skills_of_occupation, set_languages, set_skills
from employers.models import Demand
from employers.states import DemandState
from gsp.workflow import Refused, move, move_all
from partnerships.naming import partnership_named
from partnerships.roles import Permission
from partnerships.rules import may_act_for

BY_NAME = {
    "partnership": partnership_named,
    "occupation": occupation_named,
    "country": country_named,
    "currency": currency_named,
}
CHANGEABLE = frozenset(
    {
        *BY_NAME,
        "reference",
        "region",
        "openings",
        "term",
        "stage",
        "starts_from",
        "starts_until",
        "minimum_age",
        "wage",
        "wage_period",
        "is_demonstration",
    }
)


@transaction.atomic
def state(
    employer, *, by, at, skills=(), languages=(), skills_from_occupation=False, **facts
) -> Demand:
    """State openings of ``employer`` and return the new demand.

    ``facts`` are fields of Demand; partnership, occupation, country and currency may be rows or
    what callers write for them (address or identifier, ISCO code or URI, codes). ``skills`` and
    ``languages`` are as in ``requirements``.

    Raises:
        Refused: a fact is impossible, unknown or outside the partnership; ``field`` names it.
        NotAllowed: ``by`` is neither the employer nor staff with the permission.

    """
    may_act_for(employer.pk, Permission.EDIT_DEMAND, by)
    rules.is_employer(employer)
    demand = Demand(employer=employer, **_rows_of(facts))
    _check(demand, at)
    _save(demand)
    set_skills(demand, skills)
    set_languages(demand, languages)
    if skills_from_occupation:
        add_skills_of_occupation(demand)
    return demand


@transaction.atomic
def change(
    demand, *, by, at, skills=None, languages=None, skills_from_occupation=False, **facts
) -> Demand:
    """Change what is named and return the demand; skills and languages are replaced as a whole.

    Raises:
        Refused: as ``state``, and where the demand is filled or withdrawn.
        NotAllowed: ``by`` is neither the employer nor staff with the permission.

    """
    may_act_for(demand.employer_id, Permission.EDIT_DEMAND, by)
    locked = Demand.objects.select_for_update(of=("self",)).select_related("employer")
    demand = locked.get(pk=demand.pk)
    rules.is_changeable(demand)
    for name, value in _rows_of(facts).items():
        setattr(demand, name, value)
    _check(demand, at)
    _save(demand)
    if skills is not None:
        set_skills(demand, skills)
    if languages is not None:
        set_languages(demand, languages)
    if skills_from_occupation:
        add_skills_of_occupation(demand)
    return demand


def withdraw(demand, *, reason: str, by, at) -> Demand:
    """Take the demand back, saying why.

    Raises:
        Refused: no reason is given, or the demand is not open.
        NotAllowed: ``by`` is neither the employer nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(demand.employer_id, Permission.EDIT_DEMAND, by)
    return move(
        demand, DemandState.WITHDRAWN, by=by, at=at, withdrawal_reason=reason.strip(), updated_at=at
    )


def fill(demand, *, by, at) -> Demand:
    """Note that all openings are taken; raises as ``withdraw``."""
    may_act_for(demand.employer_id, Permission.EDIT_DEMAND, by)
    return move(demand, DemandState.FILLED, by=by, at=at, updated_at=at)


def reopen(demand, *, by, at) -> Demand:
    """Open an expired demand again, once its window reaches into the future.

    Raises:
        Refused: the last start still lies in the past, or the demand has not expired.
        NotAllowed: ``by`` is neither the employer nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(demand.employer_id, Permission.EDIT_DEMAND, by)
    if demand.starts_until < at.date():
        raise Refused(
            _("The last start lies in the past. Move the window first."),
            field="starts_until",
            code="window_past",
        )
    return move(demand, DemandState.OPEN, by=by, at=at, updated_at=at)


def expire_ended(as_of, *, by, at) -> int:
    """Expire open demand whose last start lies before ``as_of``; return how many."""
    return move_all(Demand.objects.ended(as_of), DemandState.EXPIRED, by=by, at=at, updated_at=at)


def _rows_of(facts: dict) -> dict:
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"demand has no {sorted(unknown)}")
    return {
        name: BY_NAME[name](value) if name in BY_NAME and isinstance(value, str) else value
        for name, value in facts.items()
    }


def _check(demand, at) -> None:
    rules.takes_part(demand.employer, demand.partnership)
    rules.lies_in(demand.partnership, demand.country)
    rules.is_wanted(demand.occupation)
    rules.is_sound(demand, at.date())


def _save(demand) -> None:
    try:
        with transaction.atomic():
            demand.save()
    except IntegrityError as error:
        if "demand_reference_once_per_employer" not in str(error):
            raise
        raise Refused(
            _("You already used the reference “%(reference)s” for another demand.")
            % {"reference": demand.reference},
            field="reference",
            code="reference_taken",
        ) from error
