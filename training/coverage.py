"""Which occupations a course comes near to: of the skills each needs, how many it teaches."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from catalogue.models import Occupation, OccupationLevel, OccupationSkill, Skill, SkillRelation

ESSENTIAL_WEIGHT = 4  # as in the fit of a trainee and an opening; see docs/matching.md


@dataclass(slots=True)
class Coverage:
    """One occupation: how many of its skills it needs and the course teaches.

    ``share`` is 0 to 1, essential skills counting four times; ``missing`` are essential ones.
    """

    occupation: Occupation
    essential: int
    essential_taught: int
    optional: int
    optional_taught: int
    missing: list[Skill] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return how much of what the occupation needs the course teaches."""
        needed = ESSENTIAL_WEIGHT * self.essential + self.optional
        return (ESSENTIAL_WEIGHT * self.essential_taught + self.optional_taught) / needed


def coverage_of(course, *, most: int) -> list[Coverage]:
    """Return at most so many occupations of ESCO near the course, the best covered first.

    Near is an occupation of the course's own unit group, and every other that needs a skill it
    teaches as essential. Three queries, whatever the size of the catalogue.
    """
    taught = [one.skill_id for one in course.skills.all()]
    near = _counted(course, taught)
    near.sort(key=lambda one: (-one.share, one.occupation.code))
    shown = near[:most]
    _add_missing(shown, taught)
    return shown


def _counted(course, taught: list[int]) -> list[Coverage]:
    relations = OccupationSkill.objects.current()
    sharing = relations.essential().filter(skill__in=taught).values("occupation")
    near = Q(unit_group=course.occupation.unit_group_id) | Q(pk__in=sharing)
    rows = Occupation.objects.current().filter(near, level=OccupationLevel.OCCUPATION)
    occupations = {row.pk: row for row in rows}
    essential = Q(relation=SkillRelation.ESSENTIAL)
    known = Q(skill__in=taught)
    counts = relations.filter(occupation__in=occupations).values("occupation").order_by()
    return [
        Coverage(
            occupations[one["occupation"]],
            one["essential"],
            one["essential_taught"],
            one["optional"],
            one["optional_taught"],
        )
        for one in counts.annotate(
            essential=Count("skill", filter=essential),
            essential_taught=Count("skill", filter=essential & known),
            optional=Count("skill", filter=~essential),
            optional_taught=Count("skill", filter=~essential & known),
        )
    ]


def _add_missing(shown: list[Coverage], taught: list[int]) -> None:
    by_occupation = {one.occupation.pk: one for one in shown}
    lacking = OccupationSkill.objects.current().essential().exclude(skill__in=taught)
    rows = lacking.filter(occupation__in=by_occupation).select_related("skill")
    for row in rows.order_by("skill__title", "skill_id"):
        by_occupation[row.occupation_id].missing.append(row.skill)
