"""What a demand must satisfy; these read and refuse, they never write."""

from django.utils.translation import gettext as _

from catalogue.models import CefrLevel, OccupationLevel, SkillLevel, SkillRelation
from employers.states import DemandState, Stage, Term
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.states import PartnershipState

CHANGEABLE = (DemandState.OPEN, DemandState.EXPIRED)
YOUNGEST, OLDEST = 15, 75


def is_employer(organisation) -> None:
    """Refuse demand in the name of an organisation that employs nobody here."""
    if organisation.kind != Organisation.Kind.EMPLOYER:
        raise Refused(
            _("“%(name)s” is not an employer.") % {"name": organisation},
            field="employer",
            code="not_an_employer",
        )


def takes_part(employer, partnership) -> None:
    """Refuse where the employer takes no part, or the partnership is at rest."""
    if partnership.state not in (PartnershipState.DRAFT, PartnershipState.ACTIVE):
        raise Refused(
            _("“%(name)s” is %(state)s and takes no demand.")
            % {"name": partnership, "state": partnership.get_state_display().lower()},
            field="partnership",
            code="partnership_at_rest",
        )
    if not partnership.participations.filter(organisation=employer).exists():
        raise Refused(
            _("“%(employer)s” takes no part in “%(partnership)s”. The agency can add it.")
            % {"employer": employer, "partnership": partnership},
            field="partnership",
            code="takes_no_part",
        )


def lies_in(partnership, country) -> None:
    """Refuse a country that is neither destination nor origin of the partnership."""
    origins = [origin.country for origin in partnership.origins.select_related("country")]
    countries = {one.pk: one for one in [partnership.destination, *origins]}
    if country.pk not in countries:
        names = ", ".join(f"{one} ({code})" for code, one in sorted(countries.items()))
        raise Refused(
            _("“%(partnership)s” joins %(countries)s. Choose one of them.")
            % {"partnership": partnership, "countries": names},
            field="country",
            code="country_outside_partnership",
        )


def is_wanted(occupation) -> None:
    """Refuse groups wider than a unit group, and what the classification has given up."""
    if occupation.level < OccupationLevel.UNIT_GROUP or occupation.obsolete_since_id:
        raise Refused(
            _("Choose a current occupation or an ISCO-08 group of four digits."),
            field="occupation",
            code="occupation_too_wide",
        )


def is_sound(demand, today) -> None:
    """Refuse impossible numbers, dates and words of one demand."""
    one_of(demand.term, Term, "term")
    one_of(demand.stage, Stage, "stage")
    if demand.openings < 1:
        raise Refused(_("State at least one opening."), field="openings", code="no_openings")
    if not YOUNGEST <= demand.minimum_age <= OLDEST:
        raise Refused(
            _("The minimum age lies between %(low)s and %(high)s.")
            % {"low": YOUNGEST, "high": OLDEST},
            field="minimum_age",
            code="impossible_age",
        )
    _window(demand, today)
    _wage(demand)
    _commitment(demand)


def _window(demand, today) -> None:
    if demand.starts_until < demand.starts_from:
        raise Refused(
            _("The last start lies before the first start."),
            field="starts_until",
            code="window_reversed",
        )
    if demand.starts_until < today:
        raise Refused(
            _("The last start lies in the past. Give a date from today on."),
            field="starts_until",
            code="window_past",
        )


def _wage(demand) -> None:
    parts = [demand.wage, demand.currency_id, demand.wage_period]
    if any(parts) and not all(parts):
        raise Refused(
            _("A wage needs its amount, its currency and its period: give all three or none."),
            field="wage",
            code="wage_incomplete",
        )
    if demand.wage is not None and demand.wage <= 0:
        raise Refused(_("A wage is more than nothing."), field="wage", code="wage_not_positive")
    if demand.wage_period:
        one_of(demand.wage_period, type(demand).WagePeriod, "wage")


def _commitment(demand) -> None:
    if demand.stage != Stage.EXPRESSED and demand.employer.verified_on is None:
        raise Refused(
            _(
                "“%(employer)s” is not verified yet, so its demand counts as “expressed” only. "
                "The agency verifies employers; until then leave the commitment at “expressed”."
            )
            % {"employer": demand.employer},
            field="stage",
            code="employer_not_verified",
        )


def is_changeable(demand) -> None:
    """Refuse changes to what is filled or withdrawn."""
    if demand.state not in CHANGEABLE:
        raise Refused(
            _("This demand is %(state)s and can no longer be changed. State a new one.")
            % {"state": demand.get_state_display().lower()},
            field="state",
            code="demand_closed",
        )


def skill_is_sound(position: int, relation, minimum_level) -> None:
    """Refuse an importance or a level that does not exist."""
    one_of(relation, SkillRelation, f"skills/{position}/relation")
    one_of(minimum_level, SkillLevel, f"skills/{position}/minimum_level")


def language_is_sound(position: int, level) -> None:
    """Refuse a level that is not of the CEFR."""
    one_of(level, CefrLevel, f"languages/{position}/level")


def named_once(field: str, part: str, names: list[str]) -> None:
    """Refuse a list that names the same entry twice; ``part`` is the key that names it."""
    for position, name in enumerate(names):
        if name in names[:position]:
            raise Refused(
                _("“%(name)s” is listed twice. Keep one.") % {"name": name},
                field=f"{field}/{position}/{part}",
                code="listed_twice",
            )


def one_of(value, choices, field: str) -> None:
    """Refuse a value that is not one of ``choices``, and say which there are."""
    if value not in choices.values:
        raise Refused(
            _("“%(value)s” is not known. Use one of %(choices)s.")
            % {"value": value, "choices": ", ".join(str(one) for one in choices.values)},
            field=field,
            code="unknown_choice",
        )
