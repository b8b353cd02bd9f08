"""What the catalogue holds, in figures."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalogue.models import Occupation, OccupationLevel, OccupationSkill, Skill, SkillGroup


@dataclass(frozen=True)
class Holding:
    """How many rows of one sort are current, and how many obsolete; ``label`` for people."""

    name: str
    label: str
    current: int
    obsolete: int

    @property
    def total(self) -> int:
        """Return the number of rows, current or not."""
        return self.current + self.obsolete


def holdings() -> list[Holding]:
    """Count occupations, ISCO-08 groups, skills, skill groups and relations."""
    tree = Occupation.objects
    counted = (
        ("occupations", _("occupations"), tree.occupations()),
        ("isco_groups", _("ISCO-08 groups"), tree.exclude(level=OccupationLevel.OCCUPATION)),
        ("skills", _("skills"), Skill.objects.all()),
        ("skill_groups", _("skill groups"), SkillGroup.objects.all()),
        ("relations", _("relations"), OccupationSkill.objects.all()),
    )
    return [Holding(name, label, **_by_age(rows)) for name, label, rows in counted]


def _by_age(rows) -> dict[str, int]:
    current = rows.filter(obsolete_since=None).count()
    return {"current": current, "obsolete": rows.count() - current}
