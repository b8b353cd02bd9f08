"""Courses and cohorts over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as a
from training.models import Cohort, Course

NORTH = "/api/v1/north/agency/"
CENTRE = "/api/v1/north/skenderaj/"
COURSE = {
    "code": "TILE",
    "title": "Tiling",
    "occupation": "7112",
    "language": "de",
    "months": 12,
    "skills": [{"skill": "http://data.europa.eu/esco/skill/test-mix-mortar", "level": 2}],
    "modules": [{"kind": "technical", "title": "Walls", "hours": 400}],
}
COHORT = {
    "code": "C9",
    "partnership": "builders",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "home_seats": 5,
    "away_seats": 3,
    "decision_opens_on": "2027-03-01",
    "decision_closes_on": "2027-06-30",
}


def send(client, method, path, body):
    return getattr(client, method)(path, body, content_type="application/json")


def test_course_is_added_read_and_changed(client, cast):
    client.force_login(cast.coordinator.user)
    response = send(client, "post", f"{CENTRE}courses", COURSE)
    body = response.json()
    assert response.status_code == 201
    assert response["Location"] == f"{CENTRE}courses/{body['uid']}"
    assert client.get(response["Location"]).json() == body
    assert (body["centre"], body["occupation"]["isco_code"], body["language"]) == (
        "skenderaj",
        "7112",
        "de",
    )
    assert body["skills"] == [
        {
            "skill": "http://data.europa.eu/esco/skill/test-mix-mortar",
            "title": "mix mortar",
            "level": 2,
        }
    ]
    assert body["modules"] == [
        {
            "uid": body["modules"][0]["uid"],
            "kind": "technical",
            "title": "Walls",
            "hours": 400,
            "away_only": False,
            "is_required": True,
            "outcomes": [],
        }
    ]
    assert (body["least_attendance"], body["attempts"]) == (80, 3)
    changed = send(client, "patch", response["Location"], {"title": "Walls and floors"}).json()
    assert changed == body | {"title": "Walls and floors"}


def test_staff_name_the_centre(client, cast):
    client.force_login(cast.officer.user)
    response = send(client, "post", f"{NORTH}courses", COURSE)
    assert (response.status_code, response.json()["code"]) == (422, "required")
    body = send(client, "post", f"{NORTH}courses", COURSE | {"centre": "rival-school"}).json()
    assert body["centre"] == "rival-school"


def test_centre_adds_nothing_in_the_name_of_another(client, cast):
    client.force_login(cast.coordinator.user)
    response = send(client, "post", f"{CENTRE}courses", COURSE | {"centre": "rival-school"})
    assert (response.status_code, response.json()["code"]) == (422, "unknown_centre")
    with cast.scope():
        assert Course.objects.count() == 1


def test_cohort_is_planned_read_and_changed(client, cast):
    client.force_login(cast.coordinator.user)
    course = str(cast.cohort.course.uid)
    response = send(client, "post", f"{CENTRE}cohorts", COHORT | {"course": course})
    body = response.json()
    assert response.status_code == 201
    assert response["Location"] == f"{CENTRE}cohorts/{body['uid']}"
    assert body == {
        **COHORT,
        "uid": body["uid"],
        "centre": "skenderaj",
        "course": course,
        "home_taken": 0,
        "away_taken": 0,
        "undecided": 0,
        "state": "planned",
        "state_changed_at": None,
        "is_demonstration": False,
    }
    changed = send(client, "patch", response["Location"], {"home_seats": 6}).json()
    assert changed == body | {"home_seats": 6}


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "pointer"),
    [
        ("courses", COURSE | {"occupation": "9999"}, 422, "unknown_occupation", "#/occupation"),
        ("courses", COURSE | {"months": 0}, 400, "invalid", "#/months"),
        ("courses", COURSE | {"code": "BRICK"}, 422, "invalid", None),
        ("cohorts", COHORT | {"ends_on": "2026-01-01"}, 422, "ends_before_start", "#/ends_on"),
        ("cohorts", COHORT | {"home_seats": -1}, 400, "invalid", "#/home_seats"),
        ("cohorts", COHORT | {"partnership": "none"}, 422, "unknown_partnership", "#/partnership"),
        (
            "cohorts",
            COHORT | {"course": "01a00000-0000-7000-8000-000000000000"},
            422,
            "unknown_course",
            "#/course",
        ),
    ],
)
def test_impossible_fact_is_a_problem(client, cast, path, body, status, code, pointer):
    client.force_login(cast.coordinator.user)
    if path == "cohorts":
        body = {"course": str(cast.cohort.course.uid), **body}
    response = send(client, "post", CENTRE + path, body)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    assert [one["pointer"] for one in problem.get("errors", [])] == ([pointer] if pointer else [])
    with cast.scope():
        assert (Course.objects.count(), Cohort.objects.count()) == (1, 1)


def test_lists_are_filtered(client, cast):
    client.force_login(cast.officer.user)
    for path, count in {
        "courses": 1,
        "courses?centre=skenderaj": 1,
        "courses?centre=rival-school": 0,
        "courses?occupation=71": 1,
        "courses?code=NONE": 0,
        "cohorts?partnership=builders": 1,
        "cohorts?partnership=none": 0,
        "cohorts?state=planned": 0,
        f"cohorts?course={cast.cohort.course.uid}": 1,
    }.items():
        assert len(client.get(NORTH + path).json()["results"]) == count, path


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("outsider", "north/agency"),
        ("recruiter", "north/bau"),
        ("rival_coordinator", "north/rival-school"),
        ("outsider", "south/agency"),
    ],
)
def test_others_find_nothing(client, cast, who, desk):
    client.force_login(getattr(cast, who).user)
    for path in (f"courses/{cast.cohort.course.uid}", f"cohorts/{cast.cohort.uid}"):
        assert client.get(f"/api/v1/{desk}/{path}").status_code == 404
        body = {"code": "STOLEN"}
        assert send(client, "patch", f"/api/v1/{desk}/{path}", body).status_code == 404
    with cast.scope():
        assert (Course.objects.get().code, Cohort.objects.get().code) == ("BRICK", "C1")


@pytest.mark.parametrize("path", ["courses", "cohorts"])
def test_lists_cost_the_same_at_one_and_three_rows(client, cast, path, django_assert_num_queries):
    client.force_login(cast.officer.user)
    client.get(NORTH + path)
    with CaptureQueriesContext(connection) as one:
        client.get(NORTH + path)
    with cast.scope():
        for code in ("X1", "X2"):
            a.cohort(cast.partnership, cast.cohort.course, code)
            a.course(cast.centre, code, skills=[a.skill(f"skill {code}")])
    with django_assert_num_queries(len(one)):
        client.get(NORTH + path)
