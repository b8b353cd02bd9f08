"""Plain functions that make valid rows; name only what the test is about."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from accounts.models import User
from catalogue.models import Country, Language, Occupation, Skill
from employers.models import Demand, DemandLanguage, DemandSkill
from partnerships.models import (
    Agency,
    Membership,
    Organisation,
    Participation,
    Partnership,
    PartnershipOrigin,
)
from partnerships.states import PartnershipState
from trainees.models import (
    Enrolment,
    FollowUp,
    Journey,
    LanguageResult,
    Notice,
    Person,
    SkillClaim,
    TrackDecision,
)
from training.models import Cohort, Course, CourseSkill
from workforce.models import Figure

_next = count(1)
TODAY = date(2026, 11, 22)


def country(code="DE"):
    return Country.objects.get(pk=code)


def occupation(isco="7112"):
    """A unit group of ISCO-08, 7112 being bricklayers."""
    return Occupation.objects.get(isco_code=isco, level=4)


def skill(title="lay bricks"):
    uri = f"http://data.europa.eu/esco/skill/test-{title.replace(' ', '-')}"
    return Skill.objects.get_or_create(uri=uri, defaults={"title": title, "kind": "skill"})[0]


def user(name="Ada Officer", **fields):
    fields.setdefault("email", f"{name.lower().replace(' ', '.')}.{next(_next)}@example.org")
    return User.objects.create_user(password="a-long-password", name=name, **fields)


def agency(slug="north", **fields):
    return Agency.objects.create(
        slug=slug, name=fields.pop("name", slug.title()), country=country(), **fields
    )


def organisation(slug, kind, code="XK", **fields):
    fields.setdefault("name", slug.replace("-", " ").title())
    fields.setdefault("verified_on", date(2026, 1, 1))
    return Organisation.objects.create(slug=slug, kind=kind, country=country(code), **fields)


def membership(role, organisation=None, who=None):
    who = who or user(f"{role} {organisation or 'staff'}")
    return Membership.objects.create(user=who, organisation=organisation, role=role)


def partnership(slug="builders", origin="XK", participants=(), **fields):
    fields = {
        "name": slug.title(),
        "destination": country("DE"),
        "sectors": ["construction"],
        "agreement_reference": "G2G 1/2026",
        "starts_on": date(2025, 1, 1),
        "home_seats": 50,
        "away_seats": 50,
        "home_floor": Decimal("0.500"),
        "state": PartnershipState.ACTIVE,
        **fields,
    }
    made = Partnership.objects.create(slug=slug, **fields)
    PartnershipOrigin.objects.create(partnership=made, country=country(origin))
    for participant in participants:
        Participation.objects.create(
            partnership=made, organisation=participant, since=date(2025, 1, 1)
        )
    return made


def course(centre, code="BRICK", isco="7112", skills=(), **fields):
    fields.setdefault("title", "Bricklaying")
    made = Course.objects.create(
        centre=centre,
        code=code,
        occupation=occupation(isco),
        language=Language.objects.get(pk="en"),
        months=24,
        **fields,
    )
    for taught in skills:
        CourseSkill.objects.create(course=made, centre=centre, skill=taught, level=3)
    return made


def cohort(partnership, course, code="C1", **fields):
    fields = {
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "home_seats": 15,
        "away_seats": 15,
        "decision_opens_on": date(2026, 1, 1),
        "decision_closes_on": date(2026, 12, 1),
        "state": "in_training",
        **fields,
    }
    return Cohort.objects.create(
        partnership=partnership, course=course, centre=course.centre, code=code, **fields
    )


def person(centre, reference=None, code="XK", **fields):
    fields = {
        "given_name": "Arta",
        "family_name": "Krasniqi",
        "birth_date": "2000-05-17",
        "birth_year": 2000,
        "may_be_proposed": True,
        **fields,
    }
    return Person.objects.create(
        centre=centre,
        reference=reference or f"P{next(_next)}",
        country=country(code),
        **fields,
    )


def enrolment(person, cohort, track="home", skills=(), language=None, **fields):
    fields = {"state": "certified", "certified_on": date(2026, 11, 1), **fields}
    made = Enrolment.objects.create(
        person=person,
        cohort=cohort,
        centre=cohort.centre,
        enrolled_on=cohort.starts_on,
        track=track,
        **fields,
    )
    TrackDecision.objects.create(
        enrolment=made,
        centre=cohort.centre,
        track=track,
        decided_on=date(2026, 2, 1),
        reason="first_choice",
    )
    for held in skills:
        SkillClaim.objects.get_or_create(
            person=person,
            skill=held,
            defaults={"centre": cohort.centre, "level": 3, "evidence": "course"},
        )
    if language:
        code, level = language
        LanguageResult.objects.create(
            person=person,
            centre=cohort.centre,
            language_id=code,
            level=level,
            tested_on=date(2026, 6, 1),
        )
    return made


def journey(enrolment, **fields):
    """A way abroad that has led to work, with its first follow-up."""
    fields = {"track": "away", "state": "employed", "work_started_on": TODAY, **fields}
    made = Journey.objects.create(
        enrolment=enrolment,
        person=enrolment.person,
        centre=enrolment.centre,
        opened_at=datetime(2026, 2, 1, tzinfo=UTC),
        **fields,
    )
    FollowUp.objects.create(
        journey=made,
        person=made.person,
        centre=made.centre,
        months=3,
        started_on=TODAY,
        due_on=date(2027, 2, 22),
    )
    return made


def notice(enrolment, kind="step_overdue"):
    """Something that waits for the centre."""
    return Notice.objects.create(
        kind=kind,
        centre=enrolment.centre,
        cohort=enrolment.cohort,
        person=enrolment.person,
        about=enrolment.uid,
        due_on=TODAY,
        raised_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def demand(employer, partnership, code="DE", isco="7112", skills=(), language=None, **fields):
    fields = {
        "openings": 1,
        "term": "short",
        "stage": "signed",
        "starts_from": date(2026, 12, 1),
        "starts_until": date(2027, 6, 30),
        **fields,
    }
    made = Demand.objects.create(
        employer=employer,
        partnership=partnership,
        occupation=occupation(isco),
        country=country(code),
        **fields,
    )
    for needed in skills:
        DemandSkill.objects.create(
            demand=made, employer=employer, skill=needed, relation="essential", minimum_level=2
        )
    if language:
        code, level = language
        DemandLanguage.objects.create(demand=made, employer=employer, language_id=code, level=level)
    return made


def figure(service, code="XK", isco="7112", **fields):
    fields = {
        "year": 2026,
        "quarter": 3,
        "employed": 1000,
        "unemployed": 40,
        "vacancies": 60,
        "graduates": 10,
        "source": "Labour force survey",
        **fields,
    }
    return Figure.objects.create(
        service=service, country=country(code), occupation=occupation(isco), **fields
    )
