"""Sessions, attendance, assessments, results and languages over the API."""

import pytest

from gsp.audit.models import Look
from learning.models import Attendance, CertificationException, ModuleCompletion, Session
from tests.learning.classroom import assessment, module, session, trainee
from trainees.models import Enrolment

CENTRE = "/api/v1/north/skenderaj/"


@pytest.fixture
def signed_in(client, cast):
    client.force_login(cast.coordinator.user)
    return client


def send(client, method, path, body=None):
    return getattr(client, method)(f"{CENTRE}{path}", body, content_type="application/json")


@pytest.fixture
def people(cast):
    with cast.scope():
        return [trainee(cast.cohort, "A"), trainee(cast.cohort, "B")]


def test_session_is_planned_changed_cancelled_and_planned_again(signed_in, cast):
    with cast.scope():
        walls = module(cast.cohort.course)
    facts = {
        "cohort": str(cast.cohort.uid),
        "module": str(walls.uid),
        "starts_at": "2026-12-01T08:00:00Z",
        "ends_at": "2026-12-01T12:00:00Z",
        "place": "Hall",
    }
    made = send(signed_in, "post", "sessions", facts)
    assert made.status_code == 201
    body = made.json()
    assert signed_in.get(made["Location"]).json() == body
    assert body == facts | {
        "uid": body["uid"],
        "centre": "skenderaj",
        "trainer": "",
        "away_only": False,
        "cancel_reason": "",
        "state": "planned",
        "state_changed_at": None,
    }
    path = f"sessions/{body['uid']}"
    changed = send(signed_in, "patch", path, {"trainer": "Besa", "module": None}).json()
    assert changed == body | {"trainer": "Besa", "module": None}
    assert send(signed_in, "post", f"{path}/cancel", {"reason": "Snow"}).json()["state"] == (
        "cancelled"
    )
    assert send(signed_in, "post", f"{path}/reinstate").json()["state"] == "planned"
    impossible = facts | {"ends_at": facts["starts_at"]}
    refused = send(signed_in, "post", "sessions", impossible)
    assert (refused.status_code, refused.json()["code"]) == (422, "ends_before_start")
    with cast.scope():
        assert Session.objects.count() == 1


def test_attendance_in_bulk_is_repeatable_and_tells_conflicts(signed_in, cast, people):
    with cast.scope():
        lesson = session(cast.cohort)
    path = f"sessions/{lesson.uid}/attendance"
    marks = [
        {"enrolment": str(people[0].uid), "status": "late", "minutes_late": 10},
        {"enrolment": str(people[1].uid), "status": "absent", "note": "?"},
    ]
    assert send(signed_in, "put", path, {"marks": marks}).json() == {
        "written": 2,
        "unchanged": 0,
        "conflicts": [],
    }
    assert send(signed_in, "put", path, {"marks": marks}).json()["unchanged"] == 2
    listed = signed_in.get(f"{CENTRE}attendance?session={lesson.uid}").json()["results"]
    listed.sort(key=lambda one: one["reference"])
    assert [(one["reference"], one["status"]) for one in listed] == [("A", "late"), ("B", "absent")]
    stale = {"enrolment": str(people[1].uid), "status": "present", "seen": None}
    answer = send(signed_in, "put", path, {"marks": [stale]}).json()
    assert (answer["written"], [one["status"] for one in answer["conflicts"]]) == (0, ["absent"])
    seen = stale | {"seen": listed[1]["recorded_at"]}
    assert send(signed_in, "put", path, {"marks": [seen]}).json()["written"] == 1
    with cast.scope():
        assert Attendance.objects.get(enrolment=people[1]).status == "present"


def test_assessment_with_results_completes_a_module(signed_in, cast, people):
    with cast.scope():
        walls = module(cast.cohort.course)
    facts = {
        "cohort": str(cast.cohort.uid),
        "module": str(walls.uid),
        "title": "Test",
        "kind": "oral",
        "held_on": "2026-11-10",
        "most_points": "100.00",
        "pass_points": "60.00",
    }
    made = send(signed_in, "post", "assessments", facts)
    assert made.status_code == 201
    body = made.json()
    assert body == facts | {"uid": body["uid"], "centre": "skenderaj", "assessed": 0, "passed": 0}
    path = f"assessments/{body['uid']}"
    results = [
        {
            "enrolment": str(people[0].uid),
            "points": "70.5",
            "taken_on": "2026-11-10",
            "assessor": "Besa",
        },
        {
            "enrolment": str(people[1].uid),
            "points": "10",
            "taken_on": "2026-11-10",
            "assessor": "Besa",
        },
    ]
    refused = send(signed_in, "put", f"{path}/results", {"results": results})
    assert (refused.status_code, refused.json()["code"]) == (422, "second_assessor_required")
    results[1]["second_assessor"] = "Dritan"
    answer = send(signed_in, "put", f"{path}/results", {"results": results})
    assert answer.json() == {"written": 2}
    listed = signed_in.get(f"{CENTRE}assessment-results?assessment={body['uid']}").json()
    assert {one["reference"]: (one["points"], one["is_passed"]) for one in listed["results"]} == {
        "A": ("70.50", True),
        "B": ("10.00", False),
    }
    done = signed_in.get(f"{CENTRE}module-completions?module={walls.uid}").json()["results"]
    assert [(one["enrolment"], one["basis"]) for one in done] == [
        (str(people[0].uid), "assessment")
    ]
    assert send(signed_in, "patch", path, {"pass_points": "10"}).json()["passed"] == 2


def test_language_test_is_recorded(signed_in, cast, people):
    facts = {
        "person": str(people[0].person.uid),
        "language": "de",
        "tested_on": "2026-10-01",
        "levels": {"listening": "B1", "reading": "B2", "speaking": "A2", "writing": "B1"},
    }
    made = send(signed_in, "post", "language-results", facts)
    assert made.status_code == 201
    assert {one["skill"]: one["level"] for one in made.json()} == facts["levels"] | {
        "overall": "A2"
    }
    refused = send(signed_in, "post", "language-results", facts | {"levels": {}})
    assert (refused.status_code, refused.json()["code"]) == (422, "required")


def test_module_by_hand_and_the_certificate_of_the_cohort(signed_in, cast, people):
    with cast.scope():
        life = module(cast.cohort.course, "Life abroad", kind="culture")
    done = {
        "enrolment": str(people[0].uid),
        "module": str(life.uid),
        "completed_on": "2026-11-20",
    }
    assert send(signed_in, "post", "module-completions", done).json()["basis"] == "hand"
    path = f"cohorts/{cast.cohort.uid}/certification"
    standing = signed_in.get(f"{CENTRE}{path}").json()
    assert [(one["reference"], [a["code"] for a in one["against"]]) for one in standing] == [
        ("A", []),
        ("B", ["modules_missing"]),
    ]
    reasons = [{"enrolment": str(people[1].uid), "reason": "Lived there for years"}]
    sent = {"on": "2026-11-20", "exceptions": reasons}
    assert send(signed_in, "post", path, sent).json() == {"certified": 2}
    with cast.scope():
        assert CertificationException.objects.count() == 1
        assert Enrolment.objects.filter(state="certified").count() == 2


def test_nobody_else_reads_or_writes(client, cast, people):
    with cast.scope():
        lesson, test = session(cast.cohort), assessment(cast.cohort)
    client.force_login(cast.rival_coordinator.user)
    rival = "/api/v1/north/rival-school/"
    for path in (f"sessions/{lesson.uid}", f"assessments/{test.uid}"):
        assert client.get(f"{rival}{path}").status_code == 404
    assert client.get(f"{rival}attendance").json()["results"] == []
    body = {
        "enrolment": str(people[0].uid),
        "module": str(lesson.uid),
        "completed_on": "2026-11-20",
    }
    answer = client.post(f"{rival}module-completions", body, content_type="application/json")
    assert answer.status_code == 422
    with cast.scope():
        assert ModuleCompletion.objects.count() == 0


def test_certificate_numbers_in_a_list_are_looks(signed_in, cast, people):
    with cast.scope():
        a_person = people[0].person
        Look.objects.all().delete()
    facts = {
        "person": str(a_person.uid),
        "language": "de",
        "tested_on": "2026-11-20",
        "overall": "B1",
        "certificate": "C-77",
    }
    assert send(signed_in, "post", "language-results", facts).status_code == 201
    assert "C-77" in signed_in.get(f"{CENTRE}language-results").text
    with cast.scope():
        assert a_person.uid in set(Look.objects.values_list("subject", flat=True))
