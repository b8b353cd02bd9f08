"""What the demonstration takes from the catalogue: occupations by ESCO code, and their skills."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.models import Occupation, OccupationSkill, SkillRelation
from gsp.workflow import Refused


@dataclass(frozen=True, slots=True)
class Trade:
    """An ESCO occupation with the ids of its skills, the essential ones first in each list."""

    occupation: Occupation
    essential: tuple[int, ...]
    optional: tuple[int, ...]


def trades(codes) -> dict[str, Trade]:
    """Return a trade for each ESCO code such as ``7112.1``.

    Raises:
        Refused: the catalogue lacks one of the occupations, or knows no skill of it.

    """
    found = {
        occupation.code: occupation
        for occupation in Occupation.objects.current()
        .occupations()
        .filter(code__in=codes)
        .select_related("unit_group")
    }
    skills = _skills([occupation.pk for occupation in found.values()])
    missing = sorted(code for code in codes if not skills.get(getattr(found.get(code), "pk", None)))
    if missing:
        raise Refused(
            _(
                "The catalogue has no skills for %(codes)s. Load it first: "
                "manage.py load_starter_catalogue."
            )
            % {"codes": ", ".join(missing)},
            code="catalogue_incomplete",
        )
    return {code: _trade(found[code], skills[found[code].pk]) for code in codes}


def _skills(occupations) -> dict[int, list[tuple[str, int]]]:
    grouped: dict[int, list[tuple[str, int]]] = {}
    rows = OccupationSkill.objects.current().filter(
        occupation_id__in=occupations, skill__obsolete_since=None
    )
    for occupation, relation, skill in rows.order_by("skill__uri").values_list(
        "occupation_id", "relation", "skill_id"
    ):
        grouped.setdefault(occupation, []).append((relation, skill))
    return grouped


def _trade(occupation, skills) -> Trade:
    return Trade(
        occupation,
        tuple(skill for relation, skill in skills if relation == SkillRelation.ESSENTIAL),
        tuple(skill for relation, skill in skills if relation == SkillRelation.OPTIONAL),
    )
