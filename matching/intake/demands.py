"""The openings of a night: open demand less the posts already given away."""

from collections import Counter, defaultdict

from catalogue.models import CefrLevel, SkillRelation
from employers.models import Demand, DemandLanguage, DemandSkill
from employers.states import DemandState
from matching.engine.intake.columns import OpeningColumns
from matching.models import Proposal
from matching.states import ProposalState

FIELDS = (
    "id",
    "country_id",
    "occupation__unit_group_id",
    "occupation_id",
    "occupation__level",
    "openings",
    "starts_from",
    "starts_until",
    "minimum_age",
    "employer_id",
    "employer__verified_on",
)
RANK = {level.value: level.rank for level in CefrLevel}


def read_demands(partnership) -> tuple[OpeningColumns, dict[int, int]]:
    """Return the openings of a partnership, and demand id → employer id."""
    rows = list(
        Demand.objects.open().filter(partnership=partnership).order_by("id").values_list(*FIELDS)
    )
    given = Counter(
        Proposal.objects.filter(
            demand__partnership=partnership, state=ProposalState.ACCEPTED
        ).values_list("demand_id", flat=True)
    )
    open_here = {"demand__partnership": partnership, "demand__state": DemandState.OPEN}
    skills = _columns(
        DemandSkill.objects.filter(**open_here).values_list(
            "demand_id", "skill_id", "minimum_level", "relation"
        )
    )
    languages = _columns(
        DemandLanguage.objects.filter(**open_here).values_list("demand_id", "language_id", "level")
    )
    columns = OpeningColumns(
        keys=[row[0] for row in rows],
        country=[row[1] for row in rows],
        unit_group=[row[2] for row in rows],
        occupation=[row[3] if row[4] == 5 else None for row in rows],
        region=[None] * len(rows),
        posts=[max(0, row[5] - given[row[0]]) for row in rows],
        starts_from=[row[6] for row in rows],
        starts_until=[row[7] for row in rows],
        minimum_age=[row[8] for row in rows],
        employer=[row[9] for row in rows],
        employer_verified=[row[10] is not None for row in rows],
        skill_owner=skills[0],
        skill=skills[1],
        skill_level=skills[2],
        skill_essential=[relation == SkillRelation.ESSENTIAL for relation in skills[3]],
        language_owner=languages[0],
        language=languages[1],
        language_rank=[RANK[level] for level in languages[2]],
    )
    return columns, {row[0]: row[9] for row in rows}


def _columns(rows) -> defaultdict:
    """Return rows as columns by position, empty ones where there are none."""
    return defaultdict(tuple, enumerate(zip(*rows.order_by("id"), strict=True)))
