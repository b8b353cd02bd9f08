"""The case over HTTP: what each tab shows, what each form does, and who meets nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.actions import documents, notes, recognition, tasks
from cases.actions.requirements import require
from cases.models import (
    ContactAttempt,
    ContactChannel,
    Document,
    DocumentRequirement,
    Note,
    RecognitionCase,
    Task,
    TrustedContact,
)
from gsp.audit.models import Look
from tests import builders as a
from tests.cases import files
from trainees.models import CaseEvent

NORTH = "/desk/north/agency/"
CENTRE = "/desk/north/skenderaj/"


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"


@pytest.fixture
def person(cast):
    """A trainee in training on the away track."""
    with cast.scope():
        person = a.person(cast.centre, "C-1", phone="+38344111222")
        a.enrolment(person, cast.cohort, "away", state="in_training", certified_on=None)
        return person


@pytest.fixture
def coordinator(client, cast, person):
    """The centre's coordinator, signed in."""
    client.force_login(cast.coordinator.user)
    return client


def case(person, tab="overview"):
    return f"{CENTRE}trainees/{person.uid}/?tab={tab}"


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


def hand_in(client, person, content, **facts):
    sent = {"kind": "passport", "file": SimpleUploadedFile("scan.PDF", content), **facts}
    return client.post(f"{CENTRE}trainees/{person.uid}/documents/new/", sent)


def test_head_says_what_is_due_and_what_ends(coordinator, cast, person):
    page = coordinator.get(case(person)).text
    assert "No task is open." in page
    assert "Nothing here has a last day." in page
    hand_in(coordinator, person, files.pdf(), expires_on=day(40).isoformat())
    form = f"{CENTRE}trainees/{person.uid}/tasks/new/"
    due = {"title": "Call the school", "due_on": day(3).isoformat(), "whose": "me"}
    assert coordinator.post(form, due).status_code == 302
    page = coordinator.get(case(person, "training")).text  # on every tab
    assert "Call the school" in page
    assert "Passport" in page
    assert "valid until" in page


def test_departure_makes_the_passport_end_too_early(coordinator, cast, person):
    hand_in(coordinator, person, files.pdf(), expires_on=day(200).isoformat())
    assert "but needed until" not in coordinator.get(case(person)).text
    form = f"{CENTRE}trainees/{person.uid}/departure/"
    coordinator.post(form, {"on": day(60).isoformat()})
    page = coordinator.get(case(person)).text
    assert "but needed until" in page
    assert "too early" in page


def test_document_is_handed_in_checked_opened_and_replaced(coordinator, cast, person):
    with cast.scope():
        require(
            cast.partnership, "passport", stage="in_training", by=cast.officer, at=timezone.now()
        )
    assert "Missing" in coordinator.get(case(person, "documents")).text
    sent = files.pdf()
    answer = hand_in(coordinator, person, sent, number="P7788")
    assert answer.url == f"{CENTRE}trainees/{person.uid}/?tab=documents"
    page = coordinator.get(answer.url).text
    assert "Received, to be checked" in page
    assert "P7788" not in page
    assert "P7788" in coordinator.get(f"{answer.url}&reveal=identity").text
    with cast.scope():
        row = Document.objects.get()
    facts = {"number": "P7788", "expires_on": day(900).isoformat()}
    coordinator.post(f"{CENTRE}documents/{row.uid}/check/", facts)
    assert "Accepted" in coordinator.get(answer.url).text
    file = coordinator.get(f"{CENTRE}documents/{row.uid}/file/")
    assert file.content == sent
    assert file["Content-Disposition"] == 'attachment; filename="scan.pdf"'
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    replaced = {"kind": "passport", "file": SimpleUploadedFile("b.pdf", files.pdf(pages=2))}
    coordinator.post(f"{CENTRE}documents/{row.uid}/replace/", replaced)
    newer = coordinator.get(answer.url).text
    assert "Replaced by a newer one" in newer
    with cast.scope():
        second = Document.objects.current().get()
        assert Look.objects.filter(subject=row.uid, kind="export").count() == 1
    coordinator.post(f"{CENTRE}documents/{second.uid}/reject/", {"because": "It is cut off."})
    assert "It is cut off." in coordinator.get(answer.url).text


@pytest.mark.parametrize("content", [b"", b"MZ", b"<svg onload='x'/>", files.locked_pdf()])
def test_a_file_that_is_not_taken_is_answered_in_the_form(coordinator, cast, person, content):
    answer = hand_in(coordinator, person, content)
    assert answer.status_code == 200
    assert "field-error" in answer.text
    with cast.scope():
        assert Document.objects.count() == 0


def test_required_documents_are_kept_by_staff(client, cast):
    client.force_login(cast.officer.user)
    page = f"{NORTH}partnerships/{cast.partnership.uid}/documents/"
    asked = {"kind": "medical", "stage": "departure", "track": "away", "months_valid": "0"}
    assert client.post(page, asked).url == page
    assert "Medical certificate" in client.get(page).text
    assert "already" in client.post(page, asked).text
    with cast.scope():
        row = DocumentRequirement.objects.get()
    client.force_login(cast.coordinator.user)
    mine = page.replace("/agency/", "/skenderaj/")
    assert "Medical certificate" in client.get(mine).text
    assert client.post(mine, asked).status_code == 404
    client.force_login(cast.officer.user)
    client.post(f"{NORTH}required-documents/{row.uid}/remove/")
    assert "Nothing is asked for yet" in client.get(page).text


def test_recognition_goes_its_way(coordinator, cast, person):
    form = f"{CENTRE}trainees/{person.uid}/recognition/new/"
    facts = {
        "qualification": "Bricklayer",
        "occupation": "7112",
        "authority": "Chamber of crafts",
        "country": "DE",
        "usual_days": "90",
    }
    assert coordinator.post(form, facts).url == case(person, "journey")
    with cast.scope():
        row = RecognitionCase.objects.get()
    step = f"{CENTRE}recognition/{row.uid}/"
    coordinator.post(f"{step}file/", {"on": day(-20).isoformat()})
    partial = {"outcome": "partial", "on": day(-5).isoformat()}
    assert "Say what is missing." in coordinator.post(f"{step}decide/", partial).text
    wrong = coordinator.post(f"{step}decide/", partial | {"deficits": "masonry: much"}).text
    assert "Write the topic, a colon and the number of hours." in wrong
    coordinator.post(f"{step}decide/", partial | {"deficits": "masonry: 120\nsafety"})
    page = coordinator.get(case(person, "journey")).text
    assert "Partly recognised" in page
    assert "masonry" in page
    full = {"outcome": "full", "on": day(0).isoformat()}
    assert "2 deficits are not made up yet." in coordinator.post(f"{step}decide/", full).text
    with cast.scope():
        deficits = list(row.deficits.order_by("id"))
        assert [(one.topic, one.hours) for one in deficits] == [("masonry", 120), ("safety", None)]
    for deficit in deficits:
        made_up = {"on": day(0).isoformat(), "closed_by": "Test of 3 hours"}
        coordinator.post(f"{CENTRE}deficits/{deficit.uid}/close/", made_up)
    assert coordinator.post(f"{step}decide/", full).status_code == 302
    assert "Fully recognised" in coordinator.get(case(person, "journey")).text


def test_tasks_are_done_undone_and_put_off(coordinator, cast, person):
    with cast.scope():
        task = tasks.add(
            "Call", due_on=day(0), person=person, by=cast.coordinator, at=timezone.now()
        )
    page = f"{CENTRE}tasks/"
    assert "Call" in coordinator.get(page).text
    move = f"{CENTRE}tasks/{task.uid}/move/"
    assert coordinator.post(move, {"state": "done", "back": page}).url == page
    assert "Nothing waits" in coordinator.get(page).text
    assert "Undo" in coordinator.get(f"{page}?whose=closed").text
    coordinator.post(move, {"state": "open"})
    assert "Call" in coordinator.get(page).text
    coordinator.post(f"{CENTRE}tasks/{task.uid}/snooze/", {"until": day(5).isoformat()})
    assert "Nothing waits" in coordinator.get(page).text
    assert "put off until" in coordinator.get(f"{page}?whose=all").text
    assert coordinator.post(move, {"state": "lost"}).status_code == 302
    evil = coordinator.post(move, {"state": "done", "back": "//evil.example/"})
    assert evil.url == page


def test_navigation_counts_what_is_due(coordinator, cast, person):
    with cast.scope():
        for days in (-1, 0, 4):
            tasks.add(
                "Call",
                due_on=day(days),
                by=cast.coordinator,
                at=timezone.now() - timedelta(days=2),
            )
    page = coordinator.get(f"{CENTRE}tasks/").text
    assert '<span class="side-count">2</span>' in " ".join(page.split())


def test_note_is_written_and_put_right(coordinator, cast, person):
    form = f"{CENTRE}trainees/{person.uid}/notes/new/"
    coordinator.post(form, {"text": "Came late.", "readers": "both"})
    with cast.scope():
        note = Note.objects.get()
    later = {"text": "Came on time.", "readers": "both"}
    coordinator.post(f"{CENTRE}notes/{note.uid}/replace/", later)
    page = coordinator.get(case(person, "notes")).text
    assert "<del><bdi>Came late.</bdi></del>" in page
    assert "Came on time." in page


def test_contacts_are_confirmed_added_and_tried(coordinator, cast, person):
    here = f"{CENTRE}trainees/{person.uid}/"
    coordinator.post(f"{here}channels/new/", {"kind": "whatsapp", "value": "+38344999"})
    coordinator.post(f"{here}channels/confirm/", {"channel": "phone", "said": "fails"})
    trusted = {"name": "Besa", "relation": "sister", "kind": "phone", "value": "+38344"}
    coordinator.post(f"{here}trusted/", trusted | {"consented_on": day(0).isoformat()})
    for kind in ("phone", "phone", "whatsapp"):
        coordinator.post(f"{here}attempts/new/", {"kind": kind, "outcome": "no_answer"})
    page = coordinator.get(case(person)).text
    assert "does not work" in page
    assert "+38344999" in page
    assert "Besa" in page
    assert "Seems unreachable" in page
    with cast.scope():
        assert ContactChannel.objects.get(on_person=True).value == ""
        assert ContactAttempt.objects.count() == 3
        assert Task.objects.get().rule == "unreachable"
        assert TrustedContact.objects.get().name == "Besa"
    before = coordinator.post(f"{here}channels/confirm/", {"channel": "email", "said": "works"})
    assert "The person has no such channel." in coordinator.get(before.url).text


@pytest.mark.parametrize(
    ("who", "desk", "sees"),
    [("auditor", NORTH, True), ("officer", NORTH, True), ("rival_coordinator", "", False)],
)
def test_tabs_open_for_staff_and_not_for_others(client, cast, person, who, desk, sees):
    with cast.scope():
        documents.receive(
            person,
            "diploma",
            content=files.pdf(),
            file_name="d.pdf",
            by=cast.officer,
            at=timezone.now(),
        )
        recognition.prepare(
            person,
            authority="Chamber",
            country=a.country(),
            occupation=a.occupation(),
            qualification="Mason",
            by=cast.officer,
            at=timezone.now(),
        )
        notes.write(person, "Quiet.", readers="mine", by=cast.officer, at=timezone.now())
    client.force_login(getattr(cast, who).user)
    for tab in ("overview", "training", "journey", "documents", "notes", "history"):
        page = client.get(f"{desk or '/desk/north/rival-school/'}trainees/{person.uid}/?tab={tab}")
        assert page.status_code == (200 if sees else 404), tab


def test_case_costs_the_same_however_much_it_holds(coordinator, cast, person, count_queries):
    tabs = ("overview", "journey", "documents", "notes", "history")

    def costs():
        return [count_queries(lambda tab=tab: coordinator.get(case(person, tab))) for tab in tabs]

    def grow(number):
        now = timezone.now()
        by = cast.coordinator
        with cast.scope():
            for kind in ("diploma", "contract"):
                documents.receive(
                    person,
                    kind,
                    content=files.pdf(pages=number + 1),
                    file_name="d.pdf",
                    expires_on=day(500 + number),
                    by=by,
                    at=now,
                )
            tasks.add(f"Call {number}", due_on=day(number), person=person, by=by, at=now)
            notes.write(person, f"Note {number}", readers="both", by=by, at=now)
            row = recognition.prepare(
                person,
                authority="Chamber",
                country=a.country(),
                occupation=a.occupation(),
                qualification=f"Mason {number}",
                by=by,
                at=now,
            )
            recognition.file(row, on=day(-3), by=by, at=now)
            recognition.decide(
                row, "partial", on=day(-1), deficits=[("safety", None, 5)], by=by, at=now
            )

    grow(1)
    costs()
    before = costs()
    grow(2)
    grow(3)
    assert costs() == before
    assert max(before) <= 45


def test_the_timeline_tells_each_step_once(coordinator, cast, person):
    hand_in(coordinator, person, files.pdf())
    form = f"{CENTRE}trainees/{person.uid}/departure/"
    coordinator.post(form, {"on": "2027-03-01"})
    with cast.scope():
        told = list(CaseEvent.objects.order_by("id").values_list("kind", "text"))
    assert told == [("document", "Received: Passport"),
                    ("plan", "Departure planned for 1 Mar 2027")]  # fmt: skip
