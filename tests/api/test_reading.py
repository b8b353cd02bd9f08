"""Partnerships, organisations, occupations and skills over the API."""

import pytest

from catalogue.models import Occupation, Release
from tests import builders as a
from tests.employers.stating import NOW, bricklayer

NORTH = "/api/v1/north"


def results(client, address):
    response = client.get(f"{NORTH}/{address}")
    assert response.status_code == 200
    return response.json()["results"]


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def test_partnership_shows_its_terms(officer, cast):
    (found,) = results(officer, "agency/partnerships")
    assert found == {
        "uid": str(cast.partnership.uid),
        "slug": "builders",
        "name": "Builders",
        "destination": "DE",
        "origins": ["XK"],
        "sectors": ["construction"],
        "agreement_reference": "G2G 1/2026",
        "starts_on": "2025-01-01",
        "ends_on": None,
        "home_seats": 50,
        "away_seats": 50,
        "home_floor": "0.500",
        "away_language": None,
        "away_level": "",
        "away_language_days": None,
        "minimum_age": None,
        "maximum_age": None,
        "state": "active",
        "is_demonstration": False,
    }
    assert officer.get(f"{NORTH}/agency/partnerships/{found['uid']}").json() == found
    assert results(officer, "agency/partnerships?origin=DE") == []


def test_organisation_sees_its_partnerships_only(client, cast):
    client.force_login(cast.recruiter.user)
    assert [one["slug"] for one in results(client, "bau/partnerships")] == ["builders"]
    client.force_login(cast.rival_recruiter.user)
    assert results(client, "rival-bau/partnerships") == []
    address = f"{NORTH}/rival-bau/partnerships/{cast.partnership.uid}"
    assert client.get(address).status_code == 404


def test_organisations_are_for_staff(client, cast):
    client.force_login(cast.officer.user)
    slugs = [one["slug"] for one in results(client, "agency/organisations?kind=employer")]
    assert slugs == ["rival-bau", "bau"]
    assert results(client, "agency/organisations?verified=false") == []
    client.force_login(cast.recruiter.user)
    assert client.get(f"{NORTH}/bau/organisations").status_code == 404


def test_outsider_reads_nothing(client, cast):
    client.force_login(cast.outsider.user)
    for name in ("partnerships", "organisations", "occupations", "skills"):
        assert client.get(f"{NORTH}/agency/{name}").status_code == 404
        assert client.get("/api/v1/south/agency/partnerships").json()["results"] == []


def test_occupations_and_skills_are_looked_up(officer):
    bricklayer(essential=["stack test bricks"])
    (found,) = results(officer, "agency/occupations?search=test%20mason")
    assert (found["code"], found["isco_code"]) == ("7112.99", "7112")
    (skill,) = results(officer, f"agency/skills?occupation={found['uri']}")
    assert skill["title"] == "stack test bricks"
    assert results(officer, "agency/skills?search=stack%20test") == [skill]


def test_obsolete_occupation_is_not_found(officer):
    made = bricklayer()
    release = Release.objects.create(
        classification="ESCO", version="9", imported_at=NOW, source="test"
    )
    Occupation.objects.filter(pk=made.pk).update(obsolete_since=release)
    assert results(officer, "agency/occupations?search=test%20mason") == []


@pytest.mark.parametrize("name", ["partnerships", "organisations"])
def test_lists_cost_the_same_for_one_and_for_three(officer, cast, count_queries, name):
    address = f"{NORTH}/agency/{name}"
    one = count_queries(lambda: officer.get(address))
    with cast.scope():
        for slug in ("nurses", "cooks"):
            a.partnership(slug)
            a.organisation(f"{slug}-school", "training_centre")
    assert count_queries(lambda: officer.get(address)) == one
