"""The people of a night: trainees on a track, with what they can do and speak."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from catalogue.models import CefrLevel
from matching.engine.intake.columns import CandidateColumns
from matching.models import Proposal
from matching.states import ProposalState
from trainees.models import Consent, Enrolment, LanguageResult, SkillClaim
from trainees.states import EnrolmentState, Track
from training.models import CourseSkill

# Records of one person count once: a merged one counts as the survivor.
PERSON = Coalesce("person__merged_into_id", "person_id")
FIELDS = (
    "id",
    PERSON,
    "centre_id",
    "track",
    "state",
    "person__country_id",
    "person__birth_year",
    "person__may_be_proposed",
    "cohort__ends_on",
    "cohort__course_id",
    "cohort__course__occupation_id",
    "cohort__course__occupation__level",
    "cohort__course__occupation__unit_group_id",
    "person__merged_into__may_be_proposed",
)
TAKEN = Coalesce("enrolment__person__merged_into_id", "enrolment__person_id")
RANK = {level.value: level.rank for level in CefrLevel}
FOUR_SKILLS = {"listening", "reading", "speaking", "writing"}


def read_people(partnership, as_of) -> tuple[CandidateColumns, dict[int, int]]:
    """Return the candidates of a partnership, and enrolment id → centre id.

    A candidate is a person on a track, in training or certified, whom no employer has accepted
    yet and no other partnership proposes; of several enrolments the newest counts. Ids are
    enrolment ids.
    """
    taken = Q(state=ProposalState.ACCEPTED)
    taken |= Q(state=ProposalState.PROPOSED) & ~Q(partnership=partnership)
    found = (
        Enrolment.objects.seeking()
        .filter(cohort__partnership=partnership)
        .annotate(one=PERSON)
        .exclude(one__in=Proposal.objects.filter(taken).values_list(TAKEN))
        .order_by("id")
        .values_list(*FIELDS)
    )
    rows = sorted({row[1]: row for row in found}.values())
    (ids, persons, centres, tracks, states, countries, births, _agreed, ends, courses) = (
        zip(*(row[:10] for row in rows), strict=True) if rows else ((),) * 10
    )
    destination = partnership.destination_id
    columns = CandidateColumns(
        keys=ids,
        away=[track == Track.AWAY for track in tracks],
        country=[
            destination if track == Track.AWAY else origin
            for track, origin in zip(tracks, countries, strict=True)
        ],
        unit_group=[row[12] for row in rows],
        occupation=[row[10] if row[11] == 5 else None for row in rows],
        region=[None] * len(rows),
        # The day of birth is encrypted; the last day of the year never makes anyone too old.
        birth_date=[date(year, 12, 31) if year else None for year in births],
        available_from=[
            as_of if state == EnrolmentState.CERTIFIED else max(as_of, end)
            for state, end in zip(states, ends, strict=True)
        ],
        consent=_consents(partnership, rows),
        **_skills(partnership, ids, persons, courses),
        **_languages(partnership, ids, persons, as_of),
    )
    return columns, dict(zip(ids, centres, strict=True))


def _consents(partnership, rows) -> list[bool]:
    """Return who agrees to be proposed where they would work; any record's refusal counts."""
    destination = partnership.destination_id
    limited = set(
        Consent.objects.to_proposals_in_one_country()
        .filter(person__in=[row[1] for row in rows])
        .values_list("person_id", "country_id")
    )
    return [
        (row[7] and row[13] is not False)
        or (row[1], destination if row[3] == Track.AWAY else row[5]) in limited
        for row in rows
    ]


def _skills(partnership, ids, persons, courses) -> dict:
    """Claims of the persons, and what their courses will have taught them, not yet shown."""
    held = defaultdict(dict)
    claims = SkillClaim.objects.filter(
        person__enrolments__cohort__partnership=partnership
    ).values_list(PERSON, "skill_id", "level", "evidence")
    for person, skill, level, evidence in claims.order_by("id").iterator(20_000):
        held[person][skill] = (level, evidence != SkillClaim.Evidence.NONE)
    taught = defaultdict(list)
    for course, skill, level in CourseSkill.objects.filter(
        course__cohorts__partnership=partnership
    ).values_list("course_id", "skill_id", "level"):
        taught[course].append((skill, level))
    owners, skills, levels, evidenced = [], [], [], []
    for enrolment, person, course in zip(ids, persons, courses, strict=True):
        own = dict(held.get(person, {}))
        for skill, level in taught[course]:
            if own.get(skill, (0, False))[0] < level and not own.get(skill, (0, False))[1]:
                own[skill] = (level, False)
        for skill, (level, shown) in own.items():
            owners.append(enrolment)
            skills.append(skill)
            levels.append(level)
            evidenced.append(shown)
    return {
        "skill_owner": owners,
        "skill": skills,
        "skill_level": levels,
        "skill_evidenced": evidenced,
    }


def _languages(partnership, ids, persons, as_of) -> dict:
    """Each person's CEFR rank per language: the overall result, else the least of all four."""
    results = defaultdict(lambda: defaultdict(list))
    rows = LanguageResult.objects.filter(
        person__enrolments__cohort__partnership=partnership
    ).values_list(PERSON, "language_id", "skill", "level", "expires_on")
    for person, language, skill, level, expires in rows.order_by("id").iterator(20_000):
        results[person][language].append((skill, RANK[level], expires))
    owners, languages, ranks, expiries = [], [], [], []
    for enrolment, person in zip(ids, persons, strict=True):
        for language, found in results.get(person, {}).items():
            best = _rank(found, as_of)
            if best:
                owners.append(enrolment)
                languages.append(language)
                ranks.append(best[0])
                expiries.append(best[1])
    return {
        "language_owner": owners,
        "language": languages,
        "language_rank": ranks,
        "language_expires_on": expiries,
    }


def _rank(results, as_of) -> tuple[int, date | None] | None:
    """Return rank and expiry: the best overall result, else the least of the four skills.

    A result that has lapsed counts only where none is valid, to say that it has lapsed.
    """
    dated = [(skill, rank, expires or date.max) for skill, rank, expires in results]
    valid = [result for result in dated if result[2] >= as_of]
    best = {}
    for skill, rank, expires in valid or dated:
        key = (rank, expires)
        if skill not in best or key > best[skill]:
            best[skill] = key
    if "overall" in best:
        rank, expires = best["overall"]
    elif best.keys() >= FOUR_SKILLS:
        rank = min(best[skill][0] for skill in FOUR_SKILLS)
        expires = min(best[skill][1] for skill in FOUR_SKILLS)
    else:
        return None
    return rank, None if expires == date.max else expires
