"""Enrolments and uploads over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gsp.audit.models import Look
from gsp.uploads.actions.apply import apply
from gsp.uploads.models import Upload
from tests import builders as a
from tests.trainees.lists import ARTA, BESA, HEADER
from tests.uploads.files import csv, xlsx
from tests.uploads.stages import applied, examined
from trainees.api.parsers import XLSX
from trainees.models import Enrolment, Person

NORTH = "/api/v1/north/agency/"
CENTRE = "/api/v1/north/skenderaj/"


def upload(client, cast, content, kind="text/csv", desk=CENTRE):
    return client.post(f"{desk}cohorts/{cast.cohort.uid}/uploads", content, content_type=kind)


def people(cast):
    with cast.scope():
        return Person.objects.count(), Enrolment.objects.count()


def taken(cast, response):
    """The list that an answer tells of, examined as the worker does."""
    assert response.status_code == 202, response.content
    with cast.scope(cast.coordinator):
        return examined(Upload.objects.get(uid=response.json()["uid"]))


@pytest.mark.parametrize("kind", ["text/csv", XLSX])
def test_list_is_uploaded_as_the_body(client, cast, kind):
    client.force_login(cast.coordinator.user)
    lines = [HEADER, ARTA, BESA]
    content = csv(*lines) if kind == "text/csv" else xlsx(*(line.split(",") for line in lines))
    response = upload(client, cast, content, kind)
    record = taken(cast, response)
    assert response["Location"] == f"{CENTRE}uploads/{record.uid}"
    body = client.get(response["Location"]).json()
    assert (body["rows"], body["created"], body["updated"], body["unchanged"]) == (2, 2, 0, 0)
    assert (body["state"], body["errors"]) == ("waiting", [])
    assert body["subject"] == str(cast.cohort.uid)
    assert people(cast) == (0, 0)
    assert client.post(f"{response['Location']}/confirm").json()["state"] == "confirmed"
    with cast.scope(cast.coordinator):
        apply(upload=record.pk)
    assert client.get(response["Location"]).json()["state"] == "applied"
    assert people(cast) == (2, 2)


def test_list_is_uploaded_as_a_form(client, cast):
    client.force_login(cast.officer.user)
    file = SimpleUploadedFile("list.csv", csv(HEADER, ARTA))
    response = client.post(f"{NORTH}cohorts/{cast.cohort.uid}/uploads", {"file": file})
    assert (response.status_code, response.json()["file_name"]) == (202, "list.csv")


def test_faulty_list_says_every_error(client, cast):
    client.force_login(cast.coordinator.user)
    response = upload(client, cast, csv(HEADER, ARTA, BESA.replace("XK", "ZZ")))
    taken(cast, response)
    kept = client.get(response["Location"]).json()
    assert (kept["state"], kept["created"], kept["faulty"], kept["held"]) == ("waiting", 1, 1, 1)
    assert kept["errors"] == [
        {
            "row": 3,
            "column": "country",
            "value": "ZZ",
            "message": "There is no country “ZZ”.",
            "remedy": "Use the two letters of ISO 3166, such as XK or DE; "
            "see the template's codes.",
        }
    ]
    assert people(cast) == (0, 0)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"%PDF-1.7\x00\xff", "text/csv"), (csv(HEADER, ARTA), XLSX)]
)
def test_useless_file_is_refused(client, cast, content, kind):
    client.force_login(cast.coordinator.user)
    assert taken(cast, upload(client, cast, content, kind)).state == "refused"
    assert people(cast) == (0, 0)


@pytest.mark.parametrize(
    ("content", "kind", "status"), [(b"", "text/csv", 400), (b"{}", "application/json", 415)]
)
def test_no_file_is_a_problem(client, cast, content, kind, status):
    client.force_login(cast.coordinator.user)
    assert upload(client, cast, content, kind).status_code == status
    assert people(cast) == (0, 0)


def test_form_without_a_file_is_a_problem(client, cast):
    client.force_login(cast.coordinator.user)
    response = client.post(f"{CENTRE}cohorts/{cast.cohort.uid}/uploads", {})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "#/file")


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("rival_coordinator", "/api/v1/north/rival-school/"),
        ("recruiter", "/api/v1/north/bau/"),
        ("outsider", "/api/v1/south/agency/"),
        ("outsider", NORTH),
    ],
)
def test_list_for_a_cohort_of_another_centre_finds_no_cohort(client, cast, who, desk):
    client.force_login(getattr(cast, who).user)
    assert upload(client, cast, csv(HEADER, ARTA), desk=desk).status_code == 404
    assert people(cast) == (0, 0)
    with cast.scope():
        assert Upload.objects.count() == 0


def test_auditor_may_not_upload(client, cast):
    client.force_login(cast.auditor.user)
    assert upload(client, cast, csv(HEADER, ARTA), desk=NORTH).status_code == 403
    assert people(cast) == (0, 0)


@pytest.fixture
def enrolment(cast):
    """A certified trainee with a skill and a language."""
    with cast.scope():
        return a.enrolment(
            a.person(cast.centre, "A1"),
            cast.cohort,
            skills=[a.skill("lay bricks")],
            language=("de", "B1"),
        )


def test_one_enrolment_shows_the_person_and_notes_the_look(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    body = client.get(f"{CENTRE}enrolments/{enrolment.uid}").json()
    assert (body["track"], body["state"], body["certified_on"]) == (
        "home",
        "certified",
        "2026-11-01",
    )
    person = body["person"]
    assert (person["reference"], person["family_name"]) == ("A1", "Krasniqi")
    assert [(one["title"], one["level"]) for one in person["skills"]] == [("lay bricks", 3)]
    assert [(one["language"], one["level"]) for one in person["languages"]] == [("de", "B1")]
    assert [one["reason"] for one in body["track_decisions"]] == ["first_choice"]
    with cast.scope():
        assert Look.objects.get().subject == enrolment.person.uid


def test_list_shows_references_only(client, cast, enrolment):
    client.force_login(cast.officer.user)
    response = client.get(f"{NORTH}enrolments")
    (row,) = response.json()["results"]
    assert row["person"] == {"uid": str(enrolment.person.uid), "reference": "A1"}
    assert "Krasniqi" not in response.content.decode()
    with cast.scope():
        assert Look.objects.count() == 0


def test_member_who_sees_no_trainees_gets_no_person(client, cast, enrolment):
    with cast.scope():
        member = a.membership("finance_officer")
    client.force_login(member.user)
    assert client.get(f"{NORTH}enrolments").json()["results"][0]["person"] is None
    one = client.get(f"{NORTH}enrolments/{enrolment.uid}").json()
    assert (one["person"], one["state"]) == (None, "certified")
    assert client.get(f"{NORTH}uploads").status_code == 403
    with cast.scope():
        assert Look.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("outsider", NORTH),
        ("recruiter", "/api/v1/north/bau/"),
        ("outsider", "/api/v1/south/agency/"),
        ("rival_coordinator", "/api/v1/north/rival-school/"),
    ],
)
def test_others_find_no_enrolment(client, cast, enrolment, who, desk):
    client.force_login(getattr(cast, who).user)
    assert client.get(f"{desk}enrolments/{enrolment.uid}").status_code == 404
    with cast.scope():
        assert Look.objects.count() == 0


def test_enrolments_are_filtered(client, cast, enrolment):
    client.force_login(cast.officer.user)
    for query, count in {
        "partnership=builders": 1,
        "partnership=none": 0,
        "centre=skenderaj": 1,
        f"cohort={cast.cohort.uid}": 1,
        "track=home": 1,
        "track=away": 0,
        "state=certified": 1,
    }.items():
        assert len(client.get(f"{NORTH}enrolments?{query}").json()["results"]) == count, query


@pytest.mark.parametrize("path", ["enrolments", "uploads"])
def test_lists_cost_the_same_at_one_and_three_rows(client, cast, path, django_assert_num_queries):
    client.force_login(cast.officer.user)

    def send(*lines):
        record = taken(cast, upload(client, cast, csv(HEADER, *lines), desk=NORTH))
        with cast.scope(cast.coordinator):
            applied(record, by=cast.coordinator, at=timezone.now())

    send(ARTA)
    with CaptureQueriesContext(connection) as one:
        client.get(NORTH + path)
    queries = len(one)
    send(BESA)
    send("A3,Drita,Berisha,1999-12-31,XK")
    with django_assert_num_queries(queries):
        assert len(client.get(NORTH + path).json()["results"]) == 3
