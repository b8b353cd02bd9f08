"""Pages of courses and cohorts over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as a
from training.models import Cohort, Course, CourseSkill, Module

NORTH = "/desk/north/agency/"
CENTRE = "/desk/north/skenderaj/"
COURSE = {
    "code": "TILE",
    "title": "Tiling",
    "occupation": "7112",
    "language": "de",
    "months": "12",
}
COHORT = {
    "code": "C9",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "home_seats": "5",
    "away_seats": "3",
    "decision_opens_on": "2027-03-01",
    "decision_closes_on": "2027-06-30",
}


def pages(cast):
    """Every page of this application, and a word it shows."""
    course = f"courses/{cast.cohort.course.uid}/"
    return {
        "courses/": "Bricklaying",
        "courses/new/": "New course",
        course: "Lay bricks",
        f"{course}edit/": "Change the course",
        f"{course}skills/new/": "Add a skill",
        f"{course}modules/new/": "Add a module",
        "cohorts/": "C1",
        "cohorts/new/": "Plan a cohort",
        f"cohorts/{cast.cohort.uid}/edit/": "Change the cohort",
    }


@pytest.mark.parametrize(("who", "desk"), [("coordinator", CENTRE), ("officer", NORTH)])
def test_every_page_opens_for_centre_and_staff(client, cast, who, desk):
    client.force_login(getattr(cast, who).user)
    for path, word in pages(cast).items():
        response = client.get(desk + path)
        assert response.status_code == 200, path
        assert word in response.content.decode(), path


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("outsider", NORTH),
        ("recruiter", "/desk/north/bau/"),
        ("analyst", "/desk/north/eark/"),
    ],
)
def test_no_page_exists_for_others(client, cast, who, desk):
    client.force_login(getattr(cast, who).user)
    for path in pages(cast):
        assert client.get(desk + path).status_code == 404, path


@pytest.mark.parametrize(
    ("who", "desk"),
    [("outsider", "/desk/south/agency/"), ("rival_coordinator", "/desk/north/rival-school/")],
)
def test_others_with_the_same_role_find_nothing_of_the_centre(client, cast, who, desk):
    client.force_login(getattr(cast, who).user)
    for path in pages(cast):
        response = client.get(desk + path)
        if str(cast.cohort.uid) in path or str(cast.cohort.course.uid) in path:
            assert response.status_code == 404, path
        else:
            page = response.content.decode()
            assert "Bricklaying" not in page, path
            assert str(cast.cohort.uid) not in page, path


def test_reader_sees_but_does_not_write(client, cast):
    client.force_login(cast.auditor.user)
    assert "New course" not in client.get(f"{NORTH}courses/").content.decode()
    assert client.get(f"{NORTH}courses/new/").status_code == 403
    assert client.post(f"{NORTH}courses/new/", COURSE).status_code == 403
    with cast.scope():
        assert Course.objects.count() == 1


def test_centre_adds_a_course_with_its_parts(client, cast):
    client.force_login(cast.coordinator.user)
    response = client.post(f"{CENTRE}courses/new/", COURSE)
    with cast.scope():
        course = Course.objects.get(code="TILE")
        taught = a.skill("lay test tiles")
    page = f"{CENTRE}courses/{course.uid}/"
    assert response.url == page
    client.post(f"{page}skills/new/", {"skill": "lay test tiles", "level": "2"})
    client.post(
        f"{page}modules/new/", {"kind": "culture", "title": "Life abroad", "away_only": "on"}
    )
    with cast.scope():
        assert list(course.skills.values_list("skill_id", "level")) == [(taught.pk, 2)]
        assert list(course.modules.values_list("title", "away_only")) == [("Life abroad", True)]
        parts = {"skill": course.skills.get().uid, "module": course.modules.get().uid}
    for name, uid in parts.items():
        assert client.post(f"{page}remove/", {name: uid}).url == page
    with cast.scope():
        assert (course.skills.count(), course.modules.count()) == (0, 0)
        assert (CourseSkill.objects.count(), Module.objects.count()) == (2, 0)


def test_staff_add_a_course_for_a_centre(client, cast):
    client.force_login(cast.officer.user)
    client.post(f"{NORTH}courses/new/", {**COURSE, "centre": cast.rival_centre.pk})
    with cast.scope():
        assert Course.objects.get(code="TILE").centre_id == cast.rival_centre.pk


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"occupation": "9999"}, "There is no occupation “9999”."),
        ({"code": "BRICK"}, "This centre already has a course with this code."),
        ({"fee": "12"}, "A fee needs its currency."),
        ({"eqf_level": "9"}, "Ensure this value is less than or equal to 8."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_faulty_course_is_shown_again_with_what_is_wrong(client, cast, changes, message):
    client.force_login(cast.coordinator.user)
    response = client.post(f"{CENTRE}courses/new/", {**COURSE, **changes})
    assert message in response.content.decode()
    with cast.scope():
        assert Course.objects.count() == 1


def test_unknown_skill_is_shown_with_what_to_do(client, cast):
    client.force_login(cast.coordinator.user)
    page = f"{CENTRE}courses/{cast.cohort.course.uid}/skills/new/"
    response = client.post(page, {"skill": "fly without wings", "level": "2"})
    assert "There is no skill “fly without wings”." in response.content.decode()
    with cast.scope():
        assert CourseSkill.objects.count() == 2


def test_course_is_changed(client, cast):
    client.force_login(cast.coordinator.user)
    page = f"{CENTRE}courses/{cast.cohort.course.uid}/"
    assert "7112" in client.get(f"{page}edit/").content.decode()
    assert client.post(f"{page}edit/", {**COURSE, "code": "BRICK"}).url == page
    with cast.scope():
        assert Course.objects.get().title == "Tiling"


def test_cohort_is_planned_and_changed(client, cast):
    client.force_login(cast.coordinator.user)
    facts = {
        **COHORT,
        "course": cast.cohort.course.pk,
        "partnership": cast.partnership.pk,
    }
    response = client.post(f"{CENTRE}cohorts/new/", facts)
    with cast.scope():
        cohort = Cohort.objects.get(code="C9")
    page = f"{CENTRE}cohorts/{cohort.uid}/"
    assert response.url == page
    assert client.post(f"{page}edit/", {**COHORT, "home_seats": "6"}).url == page
    with cast.scope():
        assert Cohort.objects.get(code="C9").home_seats == 6


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "2026-01-01"}, "The end lies before the start."),
        ({"decision_closes_on": "2027-01-01"}, "The track choice closes before it opens."),
        ({"code": "C1"}, "This centre already has a cohort with this code."),
        ({"home_seats": "-1"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_faulty_cohort_is_shown_again_with_what_is_wrong(client, cast, changes, message):
    client.force_login(cast.coordinator.user)
    facts = {**COHORT, "course": cast.cohort.course.pk, "partnership": cast.partnership.pk}
    response = client.post(f"{CENTRE}cohorts/new/", facts | changes)
    assert message in response.content.decode()
    with cast.scope():
        assert Cohort.objects.count() == 1


def test_lists_are_filtered(client, cast):
    client.force_login(cast.officer.user)
    for path, found in {
        "courses/?q=brick": True,
        "courses/?q=zz": False,
        f"courses/?centre={cast.centre.uid}": True,
        f"courses/?centre={cast.rival_centre.uid}": False,
        "cohorts/?q=c1": True,
        "cohorts/?state=planned": False,
        f"cohorts/?partnership={cast.partnership.uid}": True,
    }.items():
        page = client.get(NORTH + path).content.decode()
        assert (f"/{path.split('/')[0]}/0" in page) is found, path


def test_empty_lists_teach_the_next_step(client, cast):
    client.force_login(cast.rival_coordinator.user)
    for path, words in {
        "courses/": "Add a course with the skills it teaches",
        "cohorts/": "Plan an intake of a course",
        "trainees/": "Trainees come with the list of their cohort.",
        "uploads/": "Open a cohort and upload the list of its trainees.",
    }.items():
        assert words in client.get(f"/desk/north/rival-school/{path}").content.decode()


@pytest.mark.parametrize("path", ["courses/", "cohorts/", "course"])
def test_lists_cost_the_same_at_one_and_three_rows(client, cast, path, django_assert_num_queries):
    path = f"courses/{cast.cohort.course.uid}/" if path == "course" else path
    client.force_login(cast.officer.user)
    client.get(NORTH + path)
    with CaptureQueriesContext(connection) as one:
        client.get(NORTH + path)
    with cast.scope():
        for code in ("X1", "X2"):
            a.cohort(cast.partnership, cast.cohort.course, code)
            a.course(cast.centre, code, skills=[a.skill(f"skill {code}")])
            CourseSkill.objects.create(
                course=cast.cohort.course,
                centre=cast.centre,
                skill=a.skill(f"skill {code}"),
                level=1,
            )
    with django_assert_num_queries(len(one)):
        client.get(NORTH + path)
