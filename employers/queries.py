"""Reads for the pages and the API of demand."""

from catalogue.models import Country, Occupation, OccupationLevel, Skill, SkillRelation
from employers.models import Demand
from partnerships.models import Organisation, Partnership, PartnershipOrigin

FOUND_AT_MOST = 20


def demands():
    """Return demand with what one line shows, newest first."""
    return Demand.objects.select_related(
        "partnership", "employer", "occupation", "country", "currency"
    ).order_by("-id")


def demands_with_requirements():
    """Return demand with its skills and languages, in a constant number of queries."""
    return demands().prefetch_related("skills__skill", "languages__language")


def essential_skills(occupation) -> list[Skill]:
    """Return the current skills without which the occupation cannot be done, by title."""
    return list(
        Skill.objects.current()
        .filter(
            occupation_relations__occupation=occupation,
            occupation_relations__relation=SkillRelation.ESSENTIAL,
            occupation_relations__obsolete_since=None,
        )
        .order_by("title", "id")
    )


def occupations_like(text: str) -> list[Occupation]:
    """Return up to 20 current occupations and unit groups by part of title or start of code."""
    wanted = Occupation.objects.current().filter(level__gte=OccupationLevel.UNIT_GROUP)
    text = text.strip()
    if not text:
        return []
    if text[0].isdigit():
        return list(wanted.filter(code__startswith=text).order_by("code")[:FOUND_AT_MOST])
    return list(wanted.search(text).order_by("level", "code")[:FOUND_AT_MOST])


def skills_of(occupation) -> list[Skill]:
    """Return the current skills that the occupation calls for in any way, by title."""
    return list(
        Skill.objects.current()
        .filter(
            occupation_relations__occupation=occupation,
            occupation_relations__obsolete_since=None,
        )
        .order_by("title", "id")
    )


def occupations_below(occupation) -> list[Occupation]:
    """Return the current ESCO occupations of a unit group, by code; none for an occupation."""
    below = Occupation.objects.current().occupations().filter(unit_group=occupation)
    return list(below.order_by("code")) if occupation.pk == occupation.unit_group_id else []


def skills_like(text: str) -> list[Skill]:
    """Return up to 20 current skills by part of their title."""
    text = text.strip()
    return (
        list(Skill.objects.current().search(text).order_by("title")[:FOUND_AT_MOST]) if text else []
    )


def partnerships_open_to(employer=None):
    """Return the partnerships in which demand can be stated, by name."""
    rows = Partnership.objects.active()
    if employer is not None:
        rows = rows.filter(participations__organisation=employer)
    return rows.order_by("name", "id")


def employers_of_partnerships(request=None):
    """Return the employers of the agency, by name."""
    return Organisation.objects.of_kind(Organisation.Kind.EMPLOYER).order_by("name", "id")


def countries_of_partnerships() -> list[tuple[str, str]]:
    """Return code and name of every country the visible partnerships join, by name."""
    codes = {*Partnership.objects.values_list("destination_id", flat=True)}
    codes |= {*PartnershipOrigin.objects.values_list("country_id", flat=True)}
    countries = [(one.pk, str(one)) for one in Country.objects.filter(pk__in=codes)]
    return sorted(countries, key=lambda pair: pair[1])
