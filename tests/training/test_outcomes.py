"""Learning outcomes: the skills of a course follow from its modules; what a course covers."""

from datetime import UTC, datetime

import pytest

from catalogue.models import OccupationSkill, Skill
from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from tests.learning.classroom import session
from training.actions import courses
from training.actions.modules import set_outcomes
from training.coverage import coverage_of
from training.models import Course, CourseSkill, Module, ModuleOutcome
from training.queries import courses_with_parts

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TEST_SKILL = "http://data.europa.eu/esco/skill/test-lay-bricks"
WALLS = {"kind": "technical", "title": "Walls"}
MORTAR = {"kind": "technical", "title": "Mortar"}


def edit(cast, **facts):
    course = Course.objects.get(pk=cast.cohort.course_id)
    return courses.edit(course, by=cast.coordinator, at=NOW, **facts)


def outcome(title, level):
    return {"skill": a.skill(title), "level": level}


def taught():
    return dict(CourseSkill.objects.values_list("skill__title", "level"))


def test_skills_of_the_course_follow_from_the_outcomes(cast):
    with cast.scope(cast.coordinator):
        edit(
            cast,
            modules=[
                WALLS | {"outcomes": [outcome("lay bricks", 3), outcome("mix mortar", 1)]},
                MORTAR | {"outcomes": [outcome("mix mortar", 2), outcome("read plans", 2)]},
            ],
        )
        assert taught() == {"lay bricks": 3, "mix mortar": 2, "read plans": 2}
        module = Module.objects.get(title="Mortar")
        set_outcomes(module, [outcome("mix mortar", 4)], by=cast.coordinator, at=NOW)
        assert taught() == {"lay bricks": 3, "mix mortar": 4}


def test_skills_beside_outcomes_are_refused_and_nothing_changes(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS | {"outcomes": [outcome("lay bricks", 3)]}])
        with pytest.raises(Refused) as refused:
            edit(cast, skills=[outcome("mix mortar", 2)])
        assert (refused.value.field, refused.value.code) == ("skills", "follows_from_modules")
        assert taught() == {"lay bricks": 3}
        edit(cast, skills=[outcome("lay bricks", 3)])  # what they are already


def test_course_without_outcomes_states_its_skills_itself(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS], skills=[outcome("mix mortar", 2)])
        assert taught() == {"mix mortar": 2}


def test_modules_change_places_and_keep_their_identity(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS | {"outcomes": [outcome("lay bricks", 3)]}, MORTAR])
        walls, mortar = Module.objects.order_by("position")
        edit(cast, modules=[MORTAR, {"kind": "technical", "title": "High walls", "uid": walls.uid}])
        rows = Module.objects.order_by("position").values_list("pk", "title", "position")
        assert list(rows) == [(mortar.pk, "Mortar", 1), (walls.pk, "High walls", 2)]
        assert ModuleOutcome.objects.get().module_id == walls.pk


def test_two_modules_of_one_title_stay_two(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS, WALLS])
        first = list(Module.objects.order_by("position").values_list("pk", flat=True))
        edit(cast, modules=[WALLS, WALLS | {"hours": 5}])
        rows = Module.objects.order_by("position").values_list("pk", "hours")
        assert list(rows) == [(first[0], None), (first[1], 5)]


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([{"skill": "no such skill", "level": 1}], "unknown_skill"),
        ([{"skill": TEST_SKILL, "level": 5}], "unknown_level"),
        ([{"skill": TEST_SKILL, "level": 1}] * 2, "listed_twice"),
    ],
)
def test_impossible_outcome_is_refused(cast, outcomes, code):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS])
        with pytest.raises(Refused) as refused:
            set_outcomes(Module.objects.get(), outcomes, by=cast.coordinator, at=NOW)
        assert refused.value.code == code
        assert ModuleOutcome.objects.count() == 0


def test_others_name_no_outcome(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS])
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor):
            with pytest.raises(NotAllowed):
                set_outcomes(Module.objects.get(), [], by=member, at=NOW)


def needs(occupation, title, relation="essential"):
    skill = Skill.objects.create(
        uri=f"http://data.europa.eu/esco/skill/only-{title}", title=title, kind="skill"
    )
    OccupationSkill.objects.create(occupation=occupation, skill=skill, relation=relation)
    return skill


def test_coverage_weighs_essential_skills_and_names_the_missing(cast):
    bricklayer = a.occupation().members.filter(level=5).order_by("code").first()
    OccupationSkill.objects.filter(occupation=bricklayer).delete()
    taught = [needs(bricklayer, "first of it"), needs(bricklayer, "extra", "optional")]
    needs(bricklayer, "second of it")
    needs(bricklayer, "other extra", "optional")
    with cast.scope(cast.coordinator):
        edit(cast, skills=[{"skill": skill, "level": 2} for skill in taught])
        course = courses_with_parts().get(pk=cast.cohort.course_id)
        (best, *rest) = coverage_of(course, most=40)
    assert best.occupation == bricklayer
    assert (best.essential, best.essential_taught) == (2, 1)
    assert (best.optional, best.optional_taught) == (2, 1)
    assert best.share == (4 + 1) / (8 + 2)
    assert [skill.title for skill in best.missing] == ["second of it"]
    assert [one.share for one in rest] == [0.0] * len(rest)


def test_pages_and_api_show_outcomes_and_coverage(client, cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS])
        course, module = cast.cohort.course, Module.objects.get()
    client.force_login(cast.coordinator.user)
    desk = "/desk/north/skenderaj"
    page = f"{desk}/courses/{course.uid}/"
    sent = {"skill": TEST_SKILL, "level": "3"}
    assert client.post(f"{desk}/modules/{module.uid}/outcomes/new/", sent).url == page
    shown = client.get(page).content.decode()
    assert "They follow from the modules" in shown
    assert client.get(f"{page}coverage/").status_code == 200
    answer = client.get(f"/api/v1/north/skenderaj/courses/{course.uid}/coverage").json()
    assert {one["share"] for one in answer} == {0.0}
    with cast.scope():
        named = ModuleOutcome.objects.get()
    gone = {"outcome": str(named.uid)}
    assert client.post(f"{desk}/modules/{module.uid}/outcomes/remove/", gone).url == page
    changed = {"kind": "culture", "title": "Life", "hours": "8"}
    assert client.post(f"{desk}/modules/{module.uid}/edit/", changed).url == page
    with cast.scope():
        assert ModuleOutcome.objects.count() == 0
        row = Module.objects.get()
    assert (row.pk, row.kind, row.title, row.hours) == (module.pk, "culture", "Life", 8)


def test_module_with_sessions_stays(cast):
    with cast.scope(cast.coordinator):
        edit(cast, modules=[WALLS, MORTAR])
        session(cast.cohort, module=Module.objects.get(title="Walls"))
        with pytest.raises(Refused) as refused:
            edit(cast, modules=[MORTAR])
        assert refused.value.code == "module_in_use"
        assert Module.objects.count() == 2
        edit(cast, modules=[WALLS])
        assert Module.objects.get().title == "Walls"
