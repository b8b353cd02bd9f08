"""Courses and cohorts: planned, edited, refused with what would satisfy."""

from datetime import UTC, date, datetime

import pytest

from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from training.actions import cohorts, courses
from training.models import Cohort, Course, CourseSkill, Module

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
COURSE = {
    "code": "TILE",
    "title": "Tiling",
    "occupation": "7112",
    "language": "de",
    "months": 12,
}
COHORT = {
    "code": "C9",
    "starts_on": date(2027, 1, 1),
    "ends_on": date(2027, 12, 31),
    "home_seats": 5,
    "away_seats": 3,
    "decision_opens_on": date(2027, 3, 1),
    "decision_closes_on": date(2027, 6, 30),
}
TEST_SKILL = "http://data.europa.eu/esco/skill/test-mix-mortar"


def plan_course(cast, **changes):
    return courses.plan(cast.centre, **{**COURSE, "by": cast.coordinator, "at": NOW, **changes})


def plan_cohort(cast, **changes):
    facts = {"partnership": cast.partnership, "by": cast.coordinator, "at": NOW, **COHORT}
    return cohorts.plan(cast.cohort.course, **{**facts, **changes})


def test_course_is_planned_with_skills_and_modules(cast):
    modules = [
        {"kind": "technical", "title": "Walls", "hours": 400},
        {"kind": "language", "title": "German B1", "away_only": True},
    ]
    with cast.scope(cast.coordinator):
        skill = a.skill("lay test tiles")
        skills = [{"skill": "Lay Test Tiles", "level": 3}, {"skill": TEST_SKILL, "level": 1}]
        course = plan_course(cast, skills=skills, modules=modules)
        taught = course.skills.order_by("id").values_list("skill_id", "level")
        assert list(taught) == [(skill.pk, 3), (a.skill("mix mortar").pk, 1)]
        parts = course.modules.order_by("position")
        assert list(parts.values_list("position", "kind", "title", "hours", "away_only")) == [
            (1, "technical", "Walls", 400, False),
            (2, "language", "German B1", None, True),
        ]
    assert (course.occupation.isco_code, course.language_id) == ("7112", "de")
    assert course.centre_id == cast.centre.pk


def test_course_is_edited_and_parts_replaced(cast):
    with cast.scope(cast.coordinator):
        course = Course.objects.get(pk=cast.cohort.course_id)
        kept = course.skills.get(skill=a.skill("mix mortar"))
        courses.edit(
            course,
            title="Masonry",
            skills=[{"skill": kept.skill, "level": 4}],
            modules=[{"kind": "culture", "title": "Life abroad"}],
            by=cast.coordinator,
            at=NOW,
        )
        course.refresh_from_db()
        assert course.title == "Masonry"
        assert list(CourseSkill.objects.values_list("id", "level")) == [(kept.pk, 4)]
        module = Module.objects.get()
        courses.edit(
            course, modules=[{"kind": "culture", "title": "Life abroad"}], by=cast.officer, at=NOW
        )
        assert Module.objects.get().pk == module.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"occupation": "9999"}, "occupation"),
        ({"occupation": "711"}, "occupation"),
        ({"language": "xx"}, "language"),
        ({"eqf_level": 9}, "eqf_level"),
        ({"code": ""}, "code"),
        ({"code": "BRICK"}, ""),
        ({"fee": "100"}, ""),
        ({"skills": [{"skill": "no such skill", "level": 1}]}, "skills/0/skill"),
        ({"skills": [{"skill": TEST_SKILL, "level": 5}]}, "skills/0/level"),
        ({"skills": [{"skill": TEST_SKILL, "level": 1}] * 2}, "skills/1/skill"),
        ({"modules": [{"kind": "sport", "title": "Ball"}]}, "modules/0/kind"),
        ({"modules": [{"kind": "culture", "title": " "}]}, "modules/0/title"),
    ],
)
def test_impossible_course_is_refused(cast, changes, field):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            plan_course(cast, **changes)
        assert refused.value.field == field
        assert (Course.objects.count(), CourseSkill.objects.count()) == (1, 2)


def test_employer_offers_no_course(cast):
    with cast.scope():
        with pytest.raises(Refused) as refused:
            courses.plan(cast.employer, **COURSE, by=cast.officer, at=NOW)
        assert refused.value.code == "not_a_centre"
        assert Course.objects.count() == 1


def test_others_plan_nothing_for_a_centre(cast):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                plan_course(cast, by=member)
            with pytest.raises(NotAllowed):
                plan_cohort(cast, by=member)
        assert (Course.objects.count(), Cohort.objects.count()) == (1, 1)


def test_cohort_is_planned_and_edited(cast):
    with cast.scope(cast.coordinator):
        cohort = plan_cohort(cast, partnership="builders")
        assert (cohort.state, cohort.centre_id) == ("planned", cast.centre.pk)
        assert cohort.partnership_id == cast.partnership.pk
        edited = cohorts.edit(cohort, home_seats=9, by=cast.coordinator, at=NOW)
        assert (edited.home_seats, edited.away_seats) == (9, 3)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"ends_on": date(2026, 12, 31)}, "ends_on", "ends_before_start"),
        ({"decision_closes_on": date(2027, 2, 1)}, "decision_closes_on", "window_reversed"),
        ({"home_seats": 0, "away_seats": 0}, "home_seats", "no_seats"),
        ({"code": "C1"}, "", "invalid"),
        ({"partnership": "nowhere"}, "partnership", "unknown_partnership"),
    ],
)
def test_impossible_cohort_is_refused(cast, changes, field, code):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            plan_cohort(cast, **changes)
        assert (refused.value.field, refused.value.code) == (field, code)
        assert Cohort.objects.count() == 1


def test_centre_outside_the_partnership_plans_no_cohort(cast):
    with cast.scope():
        course = a.course(cast.rival_centre)
        with pytest.raises(Refused) as refused:
            cohorts.plan(course, partnership=cast.partnership, **COHORT, by=cast.officer, at=NOW)
        assert refused.value.code == "takes_no_part"
        assert Cohort.objects.count() == 1


def test_closed_partnership_takes_no_cohort(cast):
    with cast.scope():
        type(cast.partnership).objects.update(state="closed")
        cast.partnership.refresh_from_db()
        with pytest.raises(Refused) as refused:
            plan_cohort(cast)
        assert refused.value.code == "partnership_at_rest"
        assert Cohort.objects.count() == 1


def test_seats_held_are_not_taken_away(cast):
    with cast.scope(cast.coordinator):
        for reference in ("A1", "A2"):
            a.enrolment(a.person(cast.centre, reference), cast.cohort, track="away")
        with pytest.raises(Refused) as refused:
            cohorts.edit(cast.cohort, away_seats=1, by=cast.coordinator, at=NOW)
        assert (refused.value.field, refused.value.code) == ("away_seats", "seats_taken")
        assert Cohort.objects.get().away_seats == 15
        cohorts.edit(cast.cohort, away_seats=2, by=cast.coordinator, at=NOW)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_ended_cohort_is_not_changed(cast, state):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(state=state)
        with pytest.raises(Refused) as refused:
            cohorts.edit(cast.cohort, home_seats=99, by=cast.coordinator, at=NOW)
        assert refused.value.code == "cohort_ended"
        assert Cohort.objects.get().home_seats == 15
