"""Language results skill by skill; overall is the lowest unless the certificate says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import CefrLevel
from catalogue.naming import language_named
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions.story import tell_all
from trainees.models import CaseEvent, LanguageResult
from trainees.rules import on_is_sound

Skill = LanguageResult.Skill
PARTS = (Skill.LISTENING, Skill.READING, Skill.SPEAKING, Skill.WRITING)
FACTS = ("level", "expires_on", "test", "certificate")


@dataclass(frozen=True, slots=True)
class Sitting:
    """One test of one person: ``levels`` by skill, the certificate's own overall level if any."""

    person: Any
    language: str
    tested_on: date
    levels: Mapping[str, str]
    overall: str = ""
    expires_on: date | None = None
    test: str = ""
    certificate: str = ""

    def by_skill(self) -> dict[str, str]:
        """Return the level of each skill, and overall where it is known."""
        levels = {part: self.levels[part] for part in PARTS if self.levels.get(part)}
        overall = self.overall or lowest(levels)
        return levels | ({Skill.OVERALL: overall} if overall else {})


def lowest(levels: Mapping[str, str]) -> str:
    """Return the lowest of four levels, “” where one of the four is missing."""
    if any(not levels.get(part) for part in PARTS):
        return ""
    return min((levels[part] for part in PARTS), key=lambda level: CefrLevel(level).rank)


@transaction.atomic
def record(person, *, language, tested_on, by, at, levels=None, **facts) -> list[LanguageResult]:
    """Record a test of a person and return its results, one row for each skill.

    ``facts`` are overall, expires_on, test and certificate. The same test (language and day) again
    corrects what stands.

    Raises:
        Refused: no level is given, or a level, language or day is impossible.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.RECORD_ASSESSMENTS, by)
    code = language_named(language).pk if isinstance(language, str) else language.pk
    sitting = Sitting(person, code, tested_on, levels or {}, **facts)
    _is_sound(sitting, today=at.date())
    record_all([sitting], by=by, at=at)
    rows = LanguageResult.objects.filter(person=person, language=code, tested_on=tested_on)
    return list(rows.order_by("id"))


def record_all(sittings: Sequence[Sitting], *, by, at) -> int:
    """Write checked tests in a constant number of statements; return how many changed something.

    The caller has checked who may and that levels and days are sound.
    """
    people = [one.person.pk for one in sittings]
    held = {
        (row.person_id, row.language_id, row.tested_on, row.skill): row
        for row in LanguageResult.objects.filter(person__in=people)
    }
    rows, told = [], []
    for sitting in sittings:
        changed = [row for row in rows_of(sitting) if differs(row, held.get(key_of(row)))]
        rows += changed
        if changed:
            told.append((sitting.person, _words(sitting), changed[-1]))
    LanguageResult.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        update_fields=list(FACTS),
        unique_fields=["tenant", "person", "language", "skill", "tested_on"],
    )
    tell_all(told, CaseEvent.Kind.LANGUAGE, by=by, at=at)
    return len(told)


def rows_of(sitting: Sitting) -> list[LanguageResult]:
    """Return the results of a test as rows, not yet written; the overall one last."""
    return [
        LanguageResult(
            person=sitting.person,
            centre_id=sitting.person.centre_id,
            language_id=sitting.language,
            skill=skill,
            level=level,
            tested_on=sitting.tested_on,
            expires_on=sitting.expires_on,
            test=sitting.test.strip()[:80],
            certificate=sitting.certificate.strip()[:80],
        )
        for skill, level in sitting.by_skill().items()
    ]


def key_of(row: LanguageResult) -> tuple:
    """Return what makes a result the same one."""
    return row.person_id, row.language_id, row.tested_on, row.skill


def differs(row: LanguageResult, held: LanguageResult | None) -> bool:
    """Tell whether a row says something else than what is held."""
    return held is None or any(getattr(row, name) != getattr(held, name) for name in FACTS)


def _is_sound(sitting: Sitting, today: date) -> None:
    levels = [*sitting.levels.values(), sitting.overall]
    wrong = [level for level in levels if level and level not in CefrLevel.values]
    if wrong:
        raise Refused(
            _("“%(level)s” is no level. Use A1 to C2.") % {"level": wrong[0]},
            field="levels",
            code="unknown_level",
        )
    if not sitting.by_skill():
        raise Refused(_("Give at least one level."), field="overall", code="required")
    on_is_sound(sitting.tested_on, after=None, today=today, field="tested_on")
    if sitting.expires_on and sitting.expires_on < sitting.tested_on:
        raise Refused(
            _("The result expires before the test."), field="expires_on", code="expires_before_test"
        )


def _words(sitting: Sitting) -> str:
    parts = ", ".join(
        f"{Skill(skill).label} {level}" for skill, level in sitting.by_skill().items()
    )
    return f"{sitting.language}: {parts}"
