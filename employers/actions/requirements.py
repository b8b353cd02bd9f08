"""What the openings of a demand require: skills and languages, written as a whole."""

from django.utils.translation import gettext as _

from catalogue.models import Language, SkillLevel, SkillRelation
from catalogue.naming import language_named, skills_named
from employers import rules
from employers.models import DemandLanguage, DemandSkill
from employers.queries import essential_skills
from gsp.workflow import Refused


def set_skills(demand, skills) -> None:
    """Replace the required skills.

    ``skills`` are dictionaries with ``skill`` (a Skill, its URI or exact title), ``relation``
    and ``minimum_level`` (1 to 4).

    Raises:
        Refused: a skill, importance or level is unknown, or a skill is listed twice.

    """
    texts = [one["skill"] if isinstance(one["skill"], str) else one["skill"].uri for one in skills]
    found = skills_named(texts)
    rules.named_once("skills", "skill", [skill.title for skill in found])
    rows = []
    for position, (one, skill) in enumerate(zip(skills, found, strict=True)):
        relation = one.get("relation", SkillRelation.ESSENTIAL)
        level = one.get("minimum_level", SkillLevel.BASIC)
        rules.skill_is_sound(position, relation, level)
        rows.append(_row(demand, skill, relation, level))
    demand.skills.all().delete()
    DemandSkill.objects.bulk_create(rows)


def add_skills_of_occupation(demand) -> None:
    """Add the occupation's essential skills that the demand does not name yet.

    Raises:
        Refused: the classification relates no skills to the occupation.

    """
    found = essential_skills(demand.occupation)
    if not found:
        raise Refused(
            _("No skills are recorded for “%(name)s”. Choose an ESCO occupation, or list them.")
            % {"name": demand.occupation},
            field="skills_from_occupation",
            code="occupation_without_skills",
        )
    named = set(demand.skills.values_list("skill_id", flat=True))
    DemandSkill.objects.bulk_create(
        _row(demand, skill, SkillRelation.ESSENTIAL, SkillLevel.BASIC)
        for skill in found
        if skill.pk not in named
    )


def _row(demand, skill, relation, level) -> DemandSkill:
    return DemandSkill(
        demand=demand,
        employer_id=demand.employer_id,
        skill=skill,
        relation=relation,
        minimum_level=level,
    )


def set_languages(demand, languages) -> None:
    """Replace the required languages.

    ``languages`` are dictionaries with ``language`` (a Language or its code) and ``level``.

    Raises:
        Refused: a language or a CEFR level is unknown, or a language is listed twice.

    """
    rows = []
    for position, one in enumerate(languages):
        language = one["language"]
        if not isinstance(language, Language):
            language = language_named(language, field=f"languages/{position}/language")
        rules.language_is_sound(position, one["level"])
        rows.append(
            DemandLanguage(
                demand=demand,
                employer_id=demand.employer_id,
                language=language,
                level=one["level"],
            )
        )
    rules.named_once("languages", "language", [row.language_id for row in rows])
    demand.languages.all().delete()
    DemandLanguage.objects.bulk_create(rows)
