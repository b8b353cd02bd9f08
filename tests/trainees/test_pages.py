"""Pages of cohorts, trainees and uploads over HTTP: who sees what, and what each button does."""

from datetime import timedelta

import pytest
import uuid6
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gsp.audit.models import Look
from gsp.uploads.actions.apply import apply
from gsp.uploads.models import Upload
from partnerships.models import Partnership
from tests import builders as a
from tests.trainees.lists import ARTA, HEADER
from tests.uploads.files import csv
from tests.uploads.stages import examined
from trainees.models import Enrolment, Person, TrackDecision
from training.models import Cohort

NORTH = "/desk/north/agency/"
CENTRE = "/desk/north/skenderaj/"


@pytest.fixture
def enrolment(cast):
    """A trainee in training, undecided, in a cohort whose window is open today."""
    today = timezone.localdate()
    with cast.scope():
        Cohort.objects.update(
            starts_on=today - timedelta(days=90),
            decision_opens_on=today - timedelta(days=30),
            decision_closes_on=today + timedelta(days=30),
            ends_on=today + timedelta(days=90),
        )
        cast.cohort.refresh_from_db()
        person = a.person(cast.centre, "A1", given_name="Arta", family_name="Krasniqi")
        return Enrolment.objects.create(
            person=person,
            cohort=cast.cohort,
            centre=cast.centre,
            enrolled_on=today,
            state="in_training",
        )


@pytest.fixture
def record(cast):
    """A refused upload of the centre."""
    with cast.scope():
        return Upload.objects.create(
            organisation=cast.centre,
            kind="cohort",
            subject=cast.cohort.uid,
            subject_label="C1",
            file_name="list.csv",
            sha256="0" * 64,
            rows=2,
            errors=[
                {"row": 2, "column": "track", "value": "x", "message": "Wrong.", "remedy": "Mend."}
            ],
            state="refused",
            sent_by="Ada",
            received_at=timezone.now(),
        )


def pages(cast, enrolment, record):
    """Every page of this application, and a word it shows."""
    cohort = f"cohorts/{cast.cohort.uid}/"
    return {
        cohort: "Bricklaying",
        f"{cohort}upload/": "Download the template",
        "trainees/": "Krasniqi",
        f"trainees/{enrolment.person.uid}/?tab=journey": "Nothing decided yet",
        f"enrolments/{enrolment.uid}/track/": "Decide the track",
        f"enrolments/{enrolment.uid}/certify/": "Certified on",
        "uploads/": "list.csv",
        f"uploads/{record.uid}/": "Mend.",
    }


@pytest.mark.parametrize(("who", "desk"), [("coordinator", CENTRE), ("officer", NORTH)])
def test_every_page_opens_for_centre_and_staff(client, cast, enrolment, record, who, desk):
    client.force_login(getattr(cast, who).user)
    for path, word in pages(cast, enrolment, record).items():
        response = client.get(desk + path)
        assert response.status_code == 200, path
        assert word in response.content.decode(), path


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("outsider", NORTH),
        ("outsider", "/desk/south/agency/"),
        ("rival_coordinator", "/desk/north/rival-school/"),
        ("recruiter", "/desk/north/bau/"),
        ("analyst", "/desk/north/eark/"),
    ],
)
def test_no_page_exists_for_others(client, cast, enrolment, record, who, desk):
    client.force_login(getattr(cast, who).user)
    for path in pages(cast, enrolment, record):
        own_list = (
            path in ("trainees/", "uploads/") and who in ("outsider", "rival_coordinator")
        ) or (path, who) == ("uploads/", "analyst")
        if own_list and desk != NORTH:
            assert "Krasniqi" not in client.get(desk + path).content.decode()
            continue
        assert client.get(desk + path).status_code == 404, path
    for path in (f"enrolments/{enrolment.uid}/move/", f"cohorts/{cast.cohort.uid}/move/"):
        assert client.post(desk + path, {"target": "withdrawn"}).status_code == 404, path
    with cast.scope():
        assert Enrolment.objects.get().state == "in_training"
        assert Look.objects.count() == 0


def test_a_look_at_a_case_is_noted(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    client.get(f"{CENTRE}trainees/{enrolment.person.uid}/")
    with cast.scope():
        look = Look.objects.get()
    assert (look.subject, look.kind, look.actor) == (
        enrolment.person.uid,
        "look",
        cast.coordinator.user_id,
    )


def test_names_in_a_list_are_looks_too(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    for page in ("trainees/", f"cohorts/{cast.cohort.uid}/"):
        client.get(f"{CENTRE}{page}")
    with cast.scope():
        looks = list(Look.objects.values_list("subject", "actor_name"))
    assert looks == [(enrolment.person.uid, cast.coordinator.user.name)] * 2


def sent(client, cast, content, name="list.csv"):
    """Send a list by its page; return the record, examined, and the text of its page."""
    client.force_login(cast.coordinator.user)
    file = SimpleUploadedFile(name, content)
    response = client.post(f"{CENTRE}cohorts/{cast.cohort.uid}/upload/", {"file": file})
    with cast.scope(cast.coordinator):
        record = examined(Upload.objects.get())
    assert response.url == f"{CENTRE}uploads/{record.uid}/"
    return record, client.get(response.url).content.decode()


def test_centre_uploads_a_list(client, cast, enrolment):
    record, page = sent(client, cast, csv(HEADER, ARTA.replace("A1", "B1")))
    assert (record.state, record.created, record.unchanged) == ("waiting", 1, 0)
    assert "Apply 1 row" in page
    client.post(f"{CENTRE}uploads/{record.uid}/move/", {"move": "confirm"})
    with cast.scope(cast.coordinator):
        apply(upload=record.pk)
        assert Person.objects.filter(reference="B1").count() == 1


def test_faulty_list_shows_its_errors_and_writes_nothing(client, cast, enrolment):
    lines = ARTA.replace("XK", "ZZ").replace("A1", "B1")
    _record, page = sent(client, cast, csv(HEADER, lines))
    assert "There is no country “ZZ”." in page
    assert "Apply " not in page.replace("Apply this list?", "")
    with cast.scope():
        assert Person.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
def test_useless_file_is_answered_on_a_page(client, cast, content):
    record, page = sent(client, cast, content, "list.pdf")
    assert record.state == "refused"
    assert "Nothing was written." in page


def test_known_persons_in_a_preview_are_looks(client, cast, enrolment):
    reference = enrolment.person.reference
    line = ARTA.replace("A1", reference).replace("Arta", "Artë")
    record, page = sent(client, cast, csv(HEADER, line))
    assert "Artë" in page
    with cast.scope():
        assert Look.objects.filter(subject=enrolment.person.uid).count() == 1
        assert record.updated == 1


def test_template_is_a_workbook(client, cast):
    client.force_login(cast.coordinator.user)
    response = client.get(f"{CENTRE}cohorts/{cast.cohort.uid}/template/")
    assert response["Content-Disposition"] == 'attachment; filename="trainees-C1.xlsx"'
    assert response.content.startswith(b"PK")


def test_track_is_decided_and_corrected(client, cast, enrolment):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
    client.force_login(cast.coordinator.user)
    page = f"{CENTRE}enrolments/{enrolment.uid}/track/"
    facts = {"track": "away", "on": timezone.localdate().isoformat(), "adviser": "Lena"}
    case = f"{CENTRE}trainees/{enrolment.person.uid}/"
    assert client.post(page, facts).url == case
    assert "counselled by" in client.get(f"{case}?tab=journey").content.decode()
    response = client.post(page, facts | {"track": "home"})
    assert "A change of track needs its reason." in response.content.decode()
    assert client.post(f"{page}undo/").url == case
    with cast.scope():
        decided = TrackDecision.objects.order_by("id").values_list("track", "reason", "adviser")
        assert list(decided) == [("away", "first_choice", "Lena"), ("undecided", "correction", "")]


def test_trainee_is_certified(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    page = f"{CENTRE}enrolments/{enrolment.uid}/certify/"
    response = client.post(page, {"certified_on": "2999-01-01"})
    assert "This day lies in the future." in response.content.decode()
    response = client.post(page, {"certified_on": timezone.localdate().isoformat()})
    case = client.get(f"{response.url}?tab=training").content.decode()
    assert "Taught and assessed in a course" in case


def test_cohort_is_moved_by_its_buttons(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    cohort = f"{CENTRE}cohorts/{cast.cohort.uid}/"
    assert client.post(f"{cohort}move/", {"target": "assessed"}).url == cohort
    assert "1 trainee has no result yet." in client.get(cohort).content.decode()
    client.post(f"{CENTRE}enrolments/{enrolment.uid}/move/", {"target": "not_yet_competent"})
    client.post(f"{cohort}move/", {"target": "assessed"})
    with cast.scope():
        assert Cohort.objects.get().state == "assessed"


def test_trainees_are_found_by_filter(client, cast, enrolment):
    client.force_login(cast.officer.user)
    for query, found in {
        "q=a1": True,
        "q=zz": False,
        "track=undecided": True,
        "track=home": False,
        "state=in_training": True,
        "state=withdrawn": False,
        f"cohort={cast.cohort.uid}": True,
        f"partnership={cast.partnership.uid}": True,
    }.items():
        page = client.get(f"{NORTH}trainees/?{query}").content.decode()
        assert ("Krasniqi" in page) is found, query


@pytest.mark.parametrize("path", ["trainees/", "uploads/", "cohort"])
def test_lists_cost_the_same_at_one_and_three_rows(
    client, cast, enrolment, record, path, django_assert_num_queries
):

    path = f"cohorts/{cast.cohort.uid}/" if path == "cohort" else path
    client.force_login(cast.officer.user)
    client.get(NORTH + path)
    with CaptureQueriesContext(connection) as one:
        client.get(NORTH + path)
    with cast.scope():
        for _ in range(2):
            a.enrolment(a.person(cast.centre), cast.cohort)
            record.pk, record.uid = None, uuid6.uuid7()
            record.save()
    with django_assert_num_queries(len(one)):
        client.get(NORTH + path)


def test_finance_officer_sees_the_cohort_without_its_people(client, cast, enrolment):
    with cast.scope():
        member = a.membership("finance_officer")
    client.force_login(member.user)
    page = client.get(f"{NORTH}cohorts/{cast.cohort.uid}/").content.decode()
    assert "Bricklaying" in page
    assert "Krasniqi" not in page
    assert client.get(f"{NORTH}trainees/").status_code == 403
