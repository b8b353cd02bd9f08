"""What is known of a cohort's trainees, as cells of its list: sent back, they change nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from trainees.actions.cohort_rows import Codes, TraineeRow
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim
from trainees.states import Track

AS_KEPT = (
    "reference",
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "region",
    "document_number",
    "email",
    "phone",
)


def trainees_of(cohort) -> list[Person]:
    """Return who did not leave the cohort, by reference; each with ``track``, where they are."""
    staying = Enrolment.objects.filter(cohort=cohort).holding_seats()
    known = Person.objects.survivors().values("pk")
    rows = staying.filter(person__in=known).select_related("person").order_by("person__reference")
    people = []
    for enrolment in rows:
        enrolment.person.track = enrolment.track
        people.append(enrolment.person)
    return people


def lines(people: list[Person], *, on: date) -> list[list[str]]:
    """Return a text for each column and trainee of ``trainees_of``; three queries for them all.

    Of several language results the latest is given. Counselling stays empty: it goes with a new
    decision. Skills stand by their title, by their address where it alone is clear.
    """
    ids = [person.pk for person in people]
    languages, skills = _languages(ids), _skills(ids, on)
    return [
        [_cells(person, languages, skills).get(name, "") for name in TraineeRow.model_fields]
        for person in people
    ]


def _cells(person: Person, languages: dict, skills: dict) -> dict[str, str]:
    return (
        {name: getattr(person, name) for name in AS_KEPT}
        | {"country": person.country_id, "may_be_proposed": _yes_or_no(person.may_be_proposed)}
        | {"track": "" if person.track == Track.UNDECIDED else person.track}
        | languages.get(person.pk, {})
        | {"skills": "; ".join(skills[person.pk])}
    )


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _languages(people: list[int]) -> dict[int, dict[str, str]]:
    rows = LanguageResult.objects.filter(
        person__in=people, skill=LanguageResult.Skill.OVERALL
    ).order_by("tested_on", "pk")
    return {
        row.person_id: {
            "language": row.language_id,
            "language_level": row.level,
            "language_tested_on": row.tested_on.isoformat(),
            "language_expires_on": row.expires_on.isoformat() if row.expires_on else "",
        }
        for row in rows
    }


def _skills(people: list[int], on: date) -> dict[int, list[str]]:
    """Return the claims that a list may change, as it would write them."""
    claims = SkillClaim.objects.filter(person__in=people, evidence=SkillClaim.Evidence.NONE)
    claims = list(claims.select_related("skill").order_by("skill__title", "pk"))
    codes = Codes(frozenset(), frozenset(), on)
    codes.learn({f"{name}:1" for claim in claims for name in _names(claim)})
    found = defaultdict(list)
    for claim in claims:
        known = (name for name in _names(claim) if codes.skills.get(name.lower()) == claim.skill_id)
        name = next(known, None)
        if name is not None:  # a skill no longer in force cannot be written in a list
            found[claim.person_id].append(f"{name}:{claim.level}")
    return found


def _names(claim: SkillClaim) -> Iterable[str]:
    title = claim.skill.title
    return [name for name in (title, claim.skill.uri) if name and ";" not in name]
