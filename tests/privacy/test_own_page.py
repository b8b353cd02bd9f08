"""A person's own page: opened by link and birth date, without an account, and by nobody else."""

import io
import json
import re
import zipfile

import pytest
from django.utils import timezone

from gsp.audit.models import Look, note_looks
from gsp.tenancy.scope import Because, scope
from privacy.actions import access, requests
from privacy.models import DataRequest, OwnAccess
from tests import builders as a
from trainees.models import Consent, Person

NOW = timezone.now()


@pytest.fixture
def person(cast):
    with cast.scope():
        person = a.person(cast.centre, "T-1", email="arta@example.org")
        a.enrolment(person, cast.cohort, "home", [a.skill()], language=("de", "B1"))
        return person


@pytest.fixture
def address(cast, person):
    with cast.scope():
        _access, code = access.give_link(person, by=cast.coordinator, at=NOW)
    return f"/public/north/me/{code}/"


def opened(client, address, birth_date="2000-05-17"):
    return client.post(address, {"act": "open", "birth_date": birth_date})


def test_link_and_birth_date_open_the_page(client, cast, person, address):
    closed = client.get(address)
    assert closed.status_code == 200
    assert "Krasniqi" not in closed.text
    assert opened(client, address).url == address
    page = client.get(address).text
    for held in ("Arta Krasniqi", "arta@example.org", "T-1", "Lay bricks", "B1"):
        assert held.casefold() in page.casefold(), held


def test_answers_are_kept_by_no_cache_and_found_by_no_search(client, address):
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_code_is_not_kept(cast, address):
    with cast.scope():
        kept = OwnAccess.objects.get().code_sha256
    assert kept not in address
    assert len(address.rsplit("/", 2)[1]) == 24


def test_wrong_day_five_times_withdraws_the_link(client, cast, person, address):
    for _attempt in range(5):
        assert "do not fit" in opened(client, address, "1999-01-01").text
    assert "do not fit" in opened(client, address).text
    with cast.scope():
        assert OwnAccess.objects.get().revoked_at is not None


def test_unknown_link_says_the_same_as_a_wrong_day(client, cast, person, address):
    unknown = opened(client, "/public/north/me/nobody-has-this-code-0000/", "1999-01-01").text
    wrong = opened(client, address, "1999-01-01").text
    words = re.compile("The link and the day of birth[^<]+")
    assert words.findall(unknown) == words.findall(wrong) != []


def test_another_agency_does_not_know_the_link(client, cast, address):
    elsewhere = address.replace("/north/", "/south/")
    assert "do not fit" in opened(client, elsewhere).text


def test_nothing_is_done_on_a_closed_page(client, cast, person, address):
    for act in ("consent", "ask", "export"):
        answer = client.post(address, {"act": act, "purpose": "proposal", "kind": "erase"})
        assert answer.status_code == 404, act
    with cast.scope():
        assert DataRequest.objects.count() == 0
        assert Person.objects.get().may_be_proposed is True


def test_person_agrees_and_no_longer_agrees(client, cast, person, address):
    opened(client, address)
    client.post(address, {"act": "consent", "purpose": "proposal", "agrees": "1"})
    with cast.scope():
        assert Consent.objects.in_force().get().given_through == "own_page"
    client.post(address, {"act": "consent", "purpose": "proposal"})
    with cast.scope():
        assert Consent.objects.get().withdrawn_through == "own_page"
        assert Person.objects.get().may_be_proposed is False


def test_request_reaches_staff_and_its_answer_the_person(client, cast, person, address):
    opened(client, address)
    client.post(address, {"act": "ask", "kind": "correct", "text": "My name has one r."})
    with cast.scope():
        asked = DataRequest.objects.get()
        assert (asked.text, (asked.due_on - asked.asked_at.date()).days) == (
            "My name has one r.",
            30,
        )
        requests.answer(asked, text="It is put right.", done=True, by=cast.director, at=NOW)
    assert "It is put right." in client.get(address).text


def test_request_without_words_is_refused_and_not_kept(client, cast, person, address):
    opened(client, address)
    answer = client.post(address, {"act": "ask", "kind": "complain", "text": "  "})
    assert "Write at least one sentence." in answer.text
    with cast.scope():
        assert DataRequest.objects.count() == 0


def test_who_looked_is_told(client, cast, person, address):
    why = Because(actor=cast.coordinator.user_id, actor_name="Teuta")
    with scope(cast.north, cast.centre, because=why):
        note_looks([person], at=NOW)
    opened(client, address)
    assert client.get(address).text.count("Skenderaj") >= 1


def test_export_holds_everything_in_json_and_pdf(client, cast, person, address):
    opened(client, address)
    answer = client.post(address, {"act": "export"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["data.json", "data.pdf"]
        data = json.loads(archive.read("data.json"))
        assert archive.read("data.pdf").startswith(b"%PDF-")
    kinds = {record["kind"]: record["rows"] for record in data["records"]}
    assert kinds["trainees.person"][0]["family_name"] == "Krasniqi"
    assert kinds["trainees.languageresult"][0]["level"] == "B1"
    assert kinds["trainees.enrolment"][0]["track"] == "home"


def test_export_at_a_desk_is_noted_as_one(client, cast, person):
    client.force_login(cast.coordinator.user)
    answer = client.post(f"/desk/north/skenderaj/trainees/{person.uid}/export/")
    assert answer.status_code == 200
    with cast.scope():
        assert Look.objects.get(kind="export").subject == person.uid


def test_new_link_ends_the_old_one(client, cast, person, address):
    client.force_login(cast.coordinator.user)
    page = client.post(f"/desk/north/skenderaj/trainees/{person.uid}/link/").text
    link = re.search(r"http://testserver(/public/north/me/[\w-]+/)", page)[1]
    assert "do not fit" in opened(client, address).text
    assert opened(client, link).url == link


def test_arabic_page_runs_from_right_to_left(client, address):
    page = client.get(address + "?language=ar").text
    assert '<html lang="ar" dir="rtl"' in page
