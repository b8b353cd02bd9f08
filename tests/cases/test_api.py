"""The case over the API."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Document, Note, Task
from gsp.audit.models import Look
from tests import builders as a
from tests.cases import files

API = "/api/v1/north/skenderaj/"


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"


@pytest.fixture
def person(cast):
    with cast.scope():
        person = a.person(cast.centre, "A-1")
        a.enrolment(person, cast.cohort, "away", state="in_training", certified_on=None)
        return person


@pytest.fixture
def api(client, cast, person):
    client.force_login(cast.coordinator.user)
    return client


def test_document_goes_in_and_comes_out(api, cast, person):
    sent = files.pdf()
    body = {"kind": "passport", "number": "P7", "file": SimpleUploadedFile("x.pdf", sent)}
    answer = api.post(f"{API}cases/{person.uid}/documents", body)
    assert answer.status_code == 201
    row = answer.json()
    assert (row["kind"], row["size"], row["is_open"]) == ("passport", len(sent), True)
    assert "number" not in row
    file = api.get(f"{API}documents/{row['uid']}/file")
    assert file.content == sent
    assert file["Content-Disposition"] == 'attachment; filename="x.pdf"'
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with cast.scope():
        assert Look.objects.filter(kind="export", subject=row["uid"]).count() == 1
    assert [one["uid"] for one in api.get(f"{API}documents").json()["results"]] == [row["uid"]]


def test_hostile_file_is_a_problem_of_its_field(api, cast, person):
    body = {"kind": "passport", "file": SimpleUploadedFile("x.pdf", b"MZ")}
    answer = api.post(f"{API}cases/{person.uid}/documents", body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_type"
    assert answer.json()["errors"][0]["pointer"] == "#/file"
    with cast.scope():
        assert Document.objects.count() == 0


def test_tasks_and_notes_are_written(api, cast, person):
    due = timezone.localdate() + timedelta(days=2)
    sent = {"title": "Call", "due_on": due.isoformat(), "person": str(person.uid)}
    made = api.post(f"{API}tasks", sent, content_type="application/json")
    assert made.status_code == 201
    move = f"{API}tasks/{made.json()['uid']}/move"
    done = api.post(move, {"state": "done"}, content_type="application/json")
    assert done.json()["state"] == "done"
    again = api.post(move, {"state": "done"}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "no_such_move")
    note = {"text": "Quiet.", "readers": "mine"}
    notes = f"{API}cases/{person.uid}/notes"
    assert api.post(notes, note, content_type="application/json").status_code == 201
    assert [one["text"] for one in api.get(notes).json()["results"]] == ["Quiet."]
    with cast.scope():
        assert (Task.objects.get().state, Note.objects.get().agency_reads) == ("done", False)


def test_case_is_read_whole_and_that_is_a_look(api, cast, person):
    body = {"kind": "passport", "file": SimpleUploadedFile("x.pdf", files.pdf())}
    body["expires_on"] = (timezone.localdate() + timedelta(days=20)).isoformat()
    api.post(f"{API}cases/{person.uid}/documents", body)
    case = api.get(f"{API}cases/{person.uid}").json()
    assert case["reference"] == "A-1"
    assert [one["kind"] for one in case["documents"]] == ["passport"]
    assert [(one["label"], one["tone"]) for one in case["clocks"]] == [("Passport", "wait")]
    assert (case["tasks"], case["recognitions"], case["checklist"]) == ([], [], [])
    with cast.scope():
        assert Look.objects.filter(kind="look", subject=person.uid).count() == 1


@pytest.mark.parametrize("who", ["rival_coordinator", "recruiter", "outsider"])
def test_others_meet_nothing(client, cast, person, who):
    member = getattr(cast, who)
    client.force_login(member.user)
    for desk in ("skenderaj", "rival-school", "bau", "agency"):
        for path in (f"cases/{person.uid}", f"cases/{person.uid}/notes"):
            assert client.get(f"/api/v1/north/{desk}/{path}").status_code == 404
