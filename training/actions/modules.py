"""Modules of a course and what whoever passes them can do; the course's skills follow from that."""

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from catalogue.naming import skills_named
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from training import rules
from training.models import CourseSkill, Module, ModuleOutcome

FACTS = ("kind", "title", "hours", "away_only", "is_required")
ASIDE = 10_000  # where positions wait while they change places


def follows_from_modules(course) -> bool:
    """Tell whether a module of the course names an outcome, so that its skills follow."""
    return ModuleOutcome.objects.filter(module__course=course).exists()


def set_modules(course, modules) -> None:
    """Make these the modules of the course, in this order; part of ``courses.plan`` and ``edit``.

    Each is ``{"kind", "title", "hours", "away_only", "is_required", "outcomes", "uid"}``, all but
    the first two optional. A module is known again by its ``uid``, else by its title, and keeps
    its sessions and results; ``outcomes`` are ``{"skill", "level"}``, unchanged where not named.

    Raises:
        Refused: a fact is impossible, or a module that would go has sessions or assessments.

    """
    wanted = [_facts(position, one) for position, one in enumerate(modules)]
    kept = _known_again(course, modules)
    _remove(course.modules.exclude(pk__in=[row.pk for row in kept if row]))
    rows = [row or Module(course=course, centre_id=course.centre_id, position=0) for row in kept]
    _write(course, rows, wanted)
    _set_outcomes(course, rows, modules)


@transaction.atomic
def set_outcomes(module, outcomes, *, by, at) -> Module:
    """Make these ``{"skill": row, URI or title, "level"}`` the outcomes of a module; return it.

    Raises:
        Refused: a skill is unknown or listed twice, or a level is not on the scale.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(module.centre_id, Permission.EDIT_TRAINING, by)
    _set_outcomes(module.course, [module], [{"outcomes": list(outcomes)}])
    return module


def _facts(position: int, one: dict) -> dict:
    rules.module_is_sound(position, one["kind"], one["title"])
    return {
        "kind": one["kind"],
        "title": one["title"].strip(),
        "hours": one.get("hours"),
        "away_only": bool(one.get("away_only")),
        "is_required": bool(one.get("is_required", True)),
    }


def _known_again(course, modules) -> list[Module | None]:
    """Return, for each wanted module, the row it is known as already, each row once."""
    rows = list(course.modules.order_by("position"))
    by_uid = {str(row.uid): row for row in rows}
    named = [by_uid.get(str(one.get("uid") or "")) for one in modules]
    free = [row for row in rows if row not in named]
    found = []
    for one, row in zip(modules, named, strict=True):
        title = one["title"].strip().casefold()
        if row is None:
            row = next((other for other in free if other.title.casefold() == title), None)
            free = [other for other in free if other is not row]
        found.append(row if row not in found else None)
    return found


def _remove(rows) -> None:
    try:
        rows.delete()
    except ProtectedError as error:
        raise Refused(
            _("A module with sessions, assessments or results stays. Rename it instead."),
            field="modules",
            code="module_in_use",
        ) from error


def _write(course, rows: list[Module], wanted: list[dict]) -> None:
    new, changed = [], []
    for position, (row, facts) in enumerate(zip(rows, wanted, strict=True), start=1):
        facts = facts | {"position": position}
        if row.pk and all(getattr(row, name) == value for name, value in facts.items()):
            continue
        (changed if row.pk else new).append(row)
        for name, value in facts.items():
            setattr(row, name, value)
    if changed:
        held = Module.objects.filter(pk__in=[row.pk for row in changed])
        held.update(position=F("position") + ASIDE)
        Module.objects.bulk_update(changed, [*FACTS, "position"])
    Module.objects.bulk_create(new)


def _set_outcomes(course, rows: list[Module], modules) -> None:
    named = [
        (row, one["outcomes"]) for row, one in zip(rows, modules, strict=True) if "outcomes" in one
    ]
    if not named:
        return _follow(course)
    wanted = _checked(named)
    modules_named = [row.pk for row, _outcomes in named]
    held = {
        (one.module_id, one.skill_id): one
        for one in ModuleOutcome.objects.filter(module__in=modules_named)
    }
    gone = [one.pk for key, one in held.items() if wanted.get(key) != one.level]
    ModuleOutcome.objects.filter(pk__in=gone).delete()
    ModuleOutcome.objects.bulk_create(
        ModuleOutcome(module_id=module, centre_id=course.centre_id, skill_id=skill, level=level)
        for (module, skill), level in wanted.items()
        if (module, skill) not in held or held[module, skill].level != level
    )
    return _follow(course)


def _checked(named) -> dict[tuple[int, int], int]:
    """Return the levels by module and skill, each skill looked up at once."""
    texts = [
        o["skill"] for _row, outcomes in named for o in outcomes if isinstance(o["skill"], str)
    ]
    found = iter(skills_named(texts, field="outcomes") if texts else [])
    wanted: dict[tuple[int, int], int] = {}
    for row, outcomes in named:
        for position, one in enumerate(outcomes):
            rules.skill_is_sound(position, one["level"])
            skill = next(found) if isinstance(one["skill"], str) else one["skill"]
            if (row.pk, skill.pk) in wanted:
                raise Refused(
                    _("“%(skill)s” is listed twice. Keep one.") % {"skill": skill},
                    field="skill",
                    code="listed_twice",
                )
            wanted[row.pk, skill.pk] = one["level"]
    return wanted


def _follow(course) -> None:
    """Let the course teach what its modules reach, each skill at the highest level of any."""
    outcomes = ModuleOutcome.objects.filter(module__course=course)
    reached = dict(outcomes.values_list("skill_id").annotate(Max("level")).order_by())
    held = dict(course.skills.values_list("skill_id", "level"))
    if reached and held != reached:
        teach(course, reached)


def teach(course, levels: dict[int, int]) -> None:
    """Let the course teach exactly these skills (by id), each at its level."""
    held = dict(course.skills.values_list("skill_id", "level"))
    course.skills.exclude(skill_id__in=levels).delete()
    for skill, level in levels.items():
        if held.get(skill) != level:
            CourseSkill.objects.update_or_create(
                course=course,
                skill_id=skill,
                defaults={"level": level},
                create_defaults={"level": level, "centre_id": course.centre_id},
            )
