"""Search and review as people see them: walls, words, looks, and addresses that tell nothing."""

import pytest

from gsp.audit.models import Look
from gsp.web import discreet
from tests import builders as a
from trainees.duplicates.search import find
from trainees.duplicates.sweep import compare_now
from trainees.models import Person, PossibleDuplicate

STAFF, CENTRE = "/desk/north/agency/", "/desk/north/skenderaj/"


@pytest.fixture
def pair(cast):
    with cast.scope():
        arta = a.person(cast.centre, "A1", phone="+383 44 111 222")
        facts = {"given_name": "Арта", "family_name": "Краснићи", "document_number": "P1234567"}
        double = a.person(cast.centre, "A2", **facts)
        compare_now([arta.pk, double.pk], at="2026-11-22T08:00Z")
        return PossibleDuplicate.objects.get()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Krasniqi", ["A1", "A2"]),
        ("arta krasniqi", ["A1", "A2"]),
        ("Краснићи Арта", ["A2", "A1"]),
        ("أرتا", ["A2", "A1"]),
        ("Besa Krasniqi", []),
        ("A2", ["A2"]),
        ("p-1234567", ["A2"]),
        ("044 111 222", ["A1"]),
        ("2000-05-17", ["A2", "A1"]),
        ("   ", []),
    ],
)
def test_people_are_found(cast, pair, words, found):
    with cast.scope(cast.coordinator):
        assert [person.reference for person in find(words).persons] == found
    with cast.scope(cast.rival_coordinator):
        assert find(words).persons == []


def test_a_person_is_found_once_also_by_what_was_merged(cast, pair):
    with cast.scope():
        Person.objects.filter(reference="A2").update(merged_into=pair.first)
        assert [person.reference for person in find("P1234567").persons] == ["A1"]
        assert [person.reference for person in find("Krasniqi").persons] == ["A1"]


def test_search_costs_the_same_however_many_are_found(cast, pair, count_queries):
    with cast.scope():
        few = count_queries(lambda: find("Krasniqi"))
        more = [a.person(cast.centre) for _ in range(30)]
        compare_now([person.pk for person in more], at="2026-11-22T08:00Z")
        assert count_queries(lambda: find("Krasniqi")) == few == 1
        assert len(find("Krasniqi").persons) == 32


def test_search_is_posted_and_its_address_tells_nothing(client, cast, pair):
    client.force_login(cast.coordinator.user)
    sent = client.post(f"{CENTRE}people/", {"words": "Арта Краснићи"})
    assert sent.status_code == 302
    assert "Krasni" not in sent.url
    assert "%D0" not in sent.url
    page = client.get(sent.url).content.decode()
    assert "A1" in page
    assert "A2" in page
    with cast.scope():
        assert Look.objects.filter(subject__in=(pair.first.uid, pair.second.uid)).count() == 2
    client.force_login(cast.officer.user)
    others = client.get(sent.url.replace("/skenderaj/", "/agency/")).content.decode()
    assert "This search is over" in others
    assert "A1" not in others


def test_words_of_a_search_open_for_an_hour_and_for_one_user(cast, monkeypatch):
    sealed = discreet.sealed_words("Arta", cast.officer.user)
    assert discreet.opened_words(sealed, cast.officer.user) == "Arta"
    assert discreet.opened_words(sealed, cast.director.user) == ""
    assert discreet.opened_words("nonsense", cast.officer.user) == ""
    now = discreet.time.time()
    monkeypatch.setattr(discreet.time, "time", lambda: now + 3601)
    assert discreet.opened_words(sealed, cast.officer.user) == ""


def test_list_shows_references_and_reasons_but_no_names(client, cast, pair):
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}duplicates/").content.decode()
    assert "A1" in page
    assert "The same name, written in another script" in page
    assert "Krasniqi" not in page
    assert "A1" not in client.get(f"{CENTRE}duplicates/?state=merged").content.decode()
    assert "A1" not in client.get(f"{CENTRE}duplicates/?band=certain").content.decode()


def test_review_shows_both_and_notes_the_looks(client, cast, pair):
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}duplicates/{pair.uid}/").content.decode()
    for text in ("Krasniqi", "Краснићи", "Date of birth equal", "take_document_number"):
        assert text in page
    with cast.scope():
        assert Look.objects.count() == 2


def test_records_are_merged_and_the_decision_taken_back(client, cast, pair):
    client.force_login(cast.coordinator.user)
    decide = f"{CENTRE}duplicates/{pair.uid}/decide/"
    merge = {"decision": "merge", "survivor": "first", "take_document_number": "second"}
    refused = client.post(decide, merge, follow=True).content.decode()
    assert "Fill in “reason” first." in refused
    done = client.post(decide, {**merge, "reason": "Same passport"}, follow=True)
    assert "The records are merged" in done.content.decode()
    with cast.scope():
        arta = Person.objects.get(reference="A1")
        assert (arta.document_number, arta.merged.get().reference) == ("P1234567", "A2")
    client.post(decide, {"decision": "undo"})
    with cast.scope():
        assert Person.objects.get(reference="A1").document_number == ""
        assert Person.objects.exclude(merged_into=None).count() == 0
    client.post(decide, {"decision": "separate", "reason": "Cousins"})
    with cast.scope():
        assert PossibleDuplicate.objects.get().state == "separate"


def test_others_meet_no_pair(client, cast, pair):
    client.force_login(cast.rival_coordinator.user)
    assert client.get(f"/desk/north/rival-school/duplicates/{pair.uid}/").status_code == 404
    assert "A1" not in client.get("/desk/north/rival-school/duplicates/").content.decode()
    client.force_login(cast.recruiter.user)
    assert client.get("/desk/north/bau/duplicates/").status_code == 404
    client.force_login(cast.auditor.user)
    assert client.get(f"{STAFF}duplicates/").status_code == 403
