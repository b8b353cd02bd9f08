"""Writes a made-up night into the tables, through the ORM and as the application role."""

from datetime import timedelta

from catalogue.models import CefrLevel, Country, Language, Occupation, Skill
from employers.models import Demand, DemandLanguage, DemandSkill
from gsp.tenancy.scope import scope
from partnerships.models import Agency, Organisation, Partnership, PartnershipOrigin
from partnerships.states import PartnershipState
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim
from training.models import Cohort, Course

BATCH = 5_000
CEFR = list(CefrLevel)


def fill(made) -> Partnership:
    """Write trainees, demand and all they name; return the partnership."""
    agency = Agency.objects.create(name="Bench", slug="bench", country_id="DE")
    with scope(agency):
        partnership = Partnership.objects.create(
            name="Bench",
            slug="bench",
            destination_id="DE",
            sectors=["technical"],
            agreement_reference="bench",
            starts_on=min(made.trainees["available_from"]).item(),
            home_seats=1_000_000,
            away_seats=1_000_000,
            home_floor="0.5",
            state=PartnershipState.ACTIVE,
        )
        PartnershipOrigin.objects.create(partnership=partnership, country_id="XK")
        occupations = _ids(Occupation, made.catalogue.occupations)
        skills = _ids(Skill, made.catalogue.skills)
        _trainees(made, partnership, occupations, skills)
        _demands(made, partnership, occupations, skills)
    return partnership


def _ids(model, uris) -> list[int | None]:
    """Return the ids of addresses; None for the few that relations name and no file holds."""
    known = dict(model.objects.filter(uri__in=list(uris)).values_list("uri", "pk"))
    return [known.get(uri) for uri in uris.tolist()]


def _trainees(made, partnership, occupations, skills) -> None:
    centre = Organisation.objects.create(
        name="Centre", slug="centre", kind="training_centre", country_id="XK"
    )
    cohorts = _cohorts(made, partnership, centre, occupations)
    rows = list(made.rows("trainees"))
    persons = Person.objects.bulk_create(
        (
            Person(
                centre=centre,
                reference=f"B{row['key']}",
                given_name="A",
                family_name="B",
                birth_year=row["birth_date"].year,
                country_id="XK",
                may_be_proposed=row["consent"],
            )
            for row in rows
        ),
        BATCH,
    )
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                person=person,
                cohort=cohorts[row["cohort"]],
                centre=centre,
                enrolled_on=row["available_from"] - timedelta(days=400),
                track="away" if row["away"] else "home",
                state="in_training",
            )
            for row, person in zip(rows, persons, strict=True)
        ),
        BATCH,
    )
    _abilities(made, persons, centre, skills)


def _abilities(made, persons, centre, skills) -> None:
    """Write what the trainees can do and speak."""
    SkillClaim.objects.bulk_create(
        (
            SkillClaim(
                person=persons[row["owner"] - 1],
                centre=centre,
                skill_id=skills[row["skill"]],
                level=row["level"],
                evidence="course" if row["evidenced"] else "none",
            )
            for row in made.rows("trainee_skills")
            if skills[row["skill"]]
        ),
        BATCH,
    )
    LanguageResult.objects.bulk_create(
        (
            LanguageResult(
                person=persons[row["owner"] - 1],
                centre=centre,
                language_id=row["language"],
                level=CEFR[row["rank"] - 1],
                tested_on=row["expires_on"] - timedelta(days=730),
                expires_on=row["expires_on"],
            )
            for row in made.rows("trainee_languages")
        ),
        BATCH,
    )


def _cohorts(made, partnership, centre, occupations) -> dict[int, Cohort]:
    """Return a cohort with a course for each cohort number."""
    english, found = Language.objects.get(pk="en"), {}
    for row in made.rows("trainees"):
        if row["cohort"] in found:
            continue
        ends_on = row["available_from"]
        course = Course.objects.create(
            centre=centre,
            code=f"B{row['cohort']}",
            title="Bench",
            occupation_id=occupations[row["occupation"]],
            language=english,
            months=12,
        )
        found[row["cohort"]] = Cohort.objects.create(
            partnership=partnership,
            course=course,
            centre=centre,
            code=course.code,
            starts_on=ends_on - timedelta(days=365),
            ends_on=ends_on,
            home_seats=30,
            away_seats=30,
            decision_opens_on=ends_on - timedelta(days=300),
            decision_closes_on=ends_on,
            state="in_training",
        )
    return found


def _demands(made, partnership, occupations, skills) -> None:
    rows = list(made.rows("demands"))
    germany = Country.objects.get(pk="DE")
    verified = {row["employer"]: row["employer_verified"] for row in rows}
    employers = Organisation.objects.bulk_create(
        Organisation(
            name=f"Employer {number}",
            slug=f"employer-{number}",
            kind="employer",
            country=germany,
            verified_on=partnership.starts_on if verified[number] else None,
        )
        for number in sorted(verified)
    )
    employer_of = dict(zip(sorted(verified), employers, strict=True))
    demands = Demand.objects.bulk_create(
        (
            Demand(
                partnership=partnership,
                employer=employer_of[row["employer"]],
                occupation_id=occupations[row["occupation"]],
                country_id=row["country"],
                openings=row["posts"],
                term="short",
                stage="signed",
                starts_from=row["starts_from"],
                starts_until=row["starts_until"],
            )
            for row in rows
        ),
        BATCH,
    )
    _requirements(made, demands, skills)


def _requirements(made, demands, skills) -> None:
    """Write which skills and languages the demand asks for."""
    DemandSkill.objects.bulk_create(
        (
            DemandSkill(
                demand=demands[row["owner"] - 1],
                employer_id=demands[row["owner"] - 1].employer_id,
                skill_id=skills[row["skill"]],
                relation="essential" if row["essential"] else "optional",
                minimum_level=row["level"],
            )
            for row in made.rows("demand_skills")
            if skills[row["skill"]]
        ),
        BATCH,
    )
    DemandLanguage.objects.bulk_create(
        (
            DemandLanguage(
                demand=demands[row["owner"] - 1],
                employer_id=demands[row["owner"] - 1].employer_id,
                language_id=row["language"],
                level=CEFR[row["rank"] - 1],
            )
            for row in made.rows("demand_languages")
        ),
        BATCH,
    )
