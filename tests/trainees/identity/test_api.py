"""Possible duplicates as programs see them."""

import pytest

from tests import builders as a
from trainees.duplicates.sweep import compare_now
from trainees.models import Person, PossibleDuplicate

CENTRE, RIVAL = "/api/v1/north/skenderaj/duplicates", "/api/v1/north/rival-school/duplicates"


@pytest.fixture
def pair(cast):
    with cast.scope():
        arta = a.person(cast.centre, "A1")
        double = a.person(cast.centre, "A2", document_number="P1234567")
        compare_now([arta.pk, double.pk], at="2026-11-22T08:00Z")
        return PossibleDuplicate.objects.select_related("first", "second").get()


def post(client, address, **data):
    return client.post(address, data, content_type="application/json")


def test_pairs_are_listed_with_their_reasons_and_without_names(client, cast, pair):
    client.force_login(cast.coordinator.user)
    (shown,) = client.get(f"{CENTRE}?state=open&band=likely").json()["results"]
    assert shown["first"]["reference"] == "A1"
    assert shown["second"] == {
        "uid": str(pair.second.uid),
        "reference": "A2",
        "centre": "skenderaj",
    }
    assert (shown["score"], shown["band"], shown["state"]) == (26, "likely", "open")
    assert shown["reasons"] == ["Given and family name equal", "Date of birth equal"]
    assert "Krasniqi" not in str(shown)
    assert client.get(f"{CENTRE}?band=certain").json()["results"] == []


def test_merge_and_undo(client, cast, pair):
    client.force_login(cast.coordinator.user)
    sent = {"survivor": str(pair.first.uid), "take": ["document_number"], "reason": "Passport"}
    answer = post(client, f"{CENTRE}/{pair.uid}/merge", **sent)
    assert (answer.status_code, answer.json()["state"]) == (200, "merged")
    with cast.scope():
        assert Person.objects.get(reference="A1").document_number == "P1234567"
    assert post(client, f"{CENTRE}/{pair.uid}/merge", **sent).status_code == 422
    assert post(client, f"{CENTRE}/{pair.uid}/undo").json()["state"] == "open"
    with cast.scope():
        assert Person.objects.get(reference="A1").document_number == ""


def test_separate_needs_a_reason(client, cast, pair):
    client.force_login(cast.officer.user)
    address = f"/api/v1/north/agency/duplicates/{pair.uid}/separate"
    assert post(client, address).status_code == 400
    assert post(client, address, reason="Cousins").json()["state"] == "separate"


def test_a_stranger_record_cannot_survive(client, cast, pair):
    client.force_login(cast.coordinator.user)
    sent = {"survivor": str(cast.north.pk).zfill(32), "reason": "Passport"}
    answer = post(client, f"{CENTRE}/{pair.uid}/merge", **sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_of_pair")


def test_walls(client, cast, pair):
    client.force_login(cast.rival_coordinator.user)
    assert client.get(RIVAL).json()["results"] == []
    assert client.get(f"{RIVAL}/{pair.uid}").status_code == 404
    client.force_login(cast.auditor.user)
    assert client.get("/api/v1/north/agency/duplicates").status_code == 403
