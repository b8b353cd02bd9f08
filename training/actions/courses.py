"""Courses: planned and edited, with the skills they teach and the modules they are made of."""

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.naming import currency_named, language_named, occupation_named, skills_named
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from training import rules
from training.actions.modules import follows_from_modules, set_modules, teach
from training.models import Course

BY_NAME = {
    "occupation": occupation_named,
    "language": language_named,
    "currency": currency_named,
}
CHANGEABLE = frozenset(
    {
        *BY_NAME,
        "code",
        "title",
        "eqf_level",
        "hours",
        "months",
        "fee",
        "least_attendance",
        "attempts",
        "is_demonstration",
    }
)


@transaction.atomic
def plan(centre, *, by, at, skills=(), modules=(), **facts) -> Course:
    """Add a course of ``centre`` and return it.

    ``facts`` are fields of Course; occupation, language and currency may be rows or codes.
    ``skills`` are ``{"skill": row, URI or title, "level": 1 to 4}``; ``modules`` are as
    ``actions.modules.set_modules`` takes them. As soon as a module names an outcome, the skills of
    the course follow from the outcomes and cannot be named beside them.

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
    set_modules(course, modules)
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
    if modules is not None:
        set_modules(course, modules)
    if skills is not None:
        _set_skills(course, skills)
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
    if follows_from_modules(course):
        raise Refused(
            _("The skills of this course follow from the outcomes of its modules. Change those."),
            field="skills",
            code="follows_from_modules",
        )
    teach(course, wanted)
