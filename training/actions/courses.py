"""Courses: planned and edited, with the skills they teach and the modules they are made of."""

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.naming import currency_named, language_named, occupation_named, skills_named
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from training import rules
from training.models import Course, CourseSkill, Module

BY_NAME = {
    "occupation": occupation_named,
    "language": language_named,
    "currency": currency_named,
}
CHANGEABLE = frozenset(
    {*BY_NAME, "code", "title", "eqf_level", "hours", "months", "fee", "is_demonstration"}
)


@transaction.atomic
def plan(centre, *, by, at, skills=(), modules=(), **facts) -> Course:
    """Add a course of ``centre`` and return it.

    ``facts`` are fields of Course; occupation, language and currency may be rows or codes.
    ``skills`` are ``{"skill": row, URI or title, "level": 1 to 4}``; ``modules`` are
    ``{"kind", "title", "hours", "away_only"}`` in their order, the last two optional.

    Raises:
        Refused: a fact is unknown or impossible; ``field`` names it.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(centre.pk, Permission.EDIT_TRAINING, by)
    rules.is_centre(centre)
    course = Course(centre=centre, **_rows_of(facts))
    is_valid(course)
    course.save()
    _set_skills(course, skills)
    _set_modules(course, modules)
    return course


@transaction.atomic
def edit(course, *, by, at, skills=None, modules=None, **facts) -> Course:
    """Change what is named and return the course; skills and modules are replaced as a whole.

    Raises as ``plan``.
    """
    may_act_for(course.centre_id, Permission.EDIT_TRAINING, by)
    for name, value in _rows_of(facts).items():
        setattr(course, name, value)
    is_valid(course)
    course.save()
    if skills is not None:
        _set_skills(course, skills)
    if modules is not None:
        _set_modules(course, modules)
    return course


def _rows_of(facts: dict) -> dict:
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a course has no {sorted(unknown)}")
    return {
        name: BY_NAME[name](value) if name in BY_NAME and isinstance(value, str) else value
        for name, value in facts.items()
    }


def _set_skills(course, skills) -> None:
    skills = list(skills)
    names = [one["skill"] for one in skills if isinstance(one["skill"], str)]
    named = iter(skills_named(names) if names else [])
    wanted = {}
    for position, one in enumerate(skills):
        rules.skill_is_sound(position, one["level"])
        skill = next(named) if isinstance(one["skill"], str) else one["skill"]
        if skill.pk in wanted:
            raise Refused(
                _("“%(skill)s” is listed twice. Keep one.") % {"skill": skill},
                field=f"skills/{position}/skill",
                code="listed_twice",
            )
        wanted[skill.pk] = one["level"]
    held = dict(course.skills.values_list("skill_id", "level"))
    if held == wanted:
        return
    course.skills.exclude(skill_id__in=wanted).delete()
    for skill, level in wanted.items():
        if held.get(skill) != level:
            CourseSkill.objects.update_or_create(
                course=course,
                skill_id=skill,
                defaults={"level": level},
                create_defaults={"level": level, "centre_id": course.centre_id},
            )


def _set_modules(course, modules) -> None:
    wanted = []
    for position, one in enumerate(modules):
        rules.module_is_sound(position, one["kind"], one["title"])
        away_only = bool(one.get("away_only"))
        wanted.append((one["kind"], one["title"].strip(), one.get("hours"), away_only))
    rows = course.modules.order_by("position")
    if list(rows.values_list("kind", "title", "hours", "away_only")) == wanted:
        return
    rows.delete()
    Module.objects.bulk_create(
        Module(
            course=course,
            centre_id=course.centre_id,
            position=position,
            kind=kind,
            title=title,
            hours=hours,
            away_only=away_only,
        )
        for position, (kind, title, hours, away_only) in enumerate(wanted, start=1)
    )
