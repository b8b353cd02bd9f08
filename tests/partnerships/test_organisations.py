"""Organisations: registered, changed, verified by staff alone."""

import pytest
from django.utils import timezone

from gsp.workflow import NotAllowed, Refused
from partnerships.actions import organisations as actions
from partnerships.models import Organisation
from tests import builders as a

BASE = "/desk/north/agency/organisations/"
FACTS = {
    "name": "Isar Bau",
    "slug": "isar-bau",
    "kind": "employer",
    "country": "DE",
    "registry_number": "HRB 1",
}


def test_officer_registers_an_organisation_that_is_not_yet_verified(cast, client):
    client.force_login(cast.officer.user)
    answer = client.post(f"{BASE}new/", FACTS)
    with cast.scope():
        made = Organisation.objects.get(slug="isar-bau")
    assert answer.headers["Location"] == f"{BASE}{made.uid}/"
    assert (made.kind, made.country_id, made.verified_on) == ("employer", "DE", None)
    assert "Not verified" in client.get(f"{BASE}{made.uid}/").text


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("bau", "This address is taken; choose another."),
        ("agency", "“agency” is kept for the agency&#x27;s own desk."),
    ],
)
def test_address_that_cannot_be_is_refused(cast, client, slug, words):
    client.force_login(cast.officer.user)
    answer = client.post(f"{BASE}new/", {**FACTS, "slug": slug})
    assert words in answer.text
    with cast.scope():
        assert Organisation.objects.count() == 5


def test_officer_changes_what_may_change(cast, client):
    client.force_login(cast.officer.user)
    address = f"{BASE}{cast.employer.uid}/"
    client.post(f"{address}edit/", {**FACTS, "country": "AT", "kind": "authority"})
    with cast.scope():
        changed = Organisation.objects.get(pk=cast.employer.pk)
    assert (changed.name, changed.country_id) == ("Isar Bau", "AT")
    assert (changed.slug, changed.kind) == ("bau", "employer")


def test_verification_is_withdrawn_and_given(cast, client):
    client.force_login(cast.officer.user)
    address = f"{BASE}{cast.employer.uid}/verify/"
    client.post(address, {"withdraw": "1"})
    with cast.scope():
        assert Organisation.objects.get(pk=cast.employer.pk).verified_on is None
    client.post(address)
    with cast.scope():
        verified = Organisation.objects.get(pk=cast.employer.pk).verified_on
    assert verified == timezone.now().date()


def test_page_shows_partnerships_and_members(cast, client):
    client.force_login(cast.officer.user)
    shown = client.get(f"{BASE}{cast.employer.uid}/").text
    assert "Builders" in shown
    assert cast.recruiter.user.email in shown


@pytest.mark.parametrize("who", ["auditor", "coordinator", "recruiter"])
def test_nobody_else_registers_or_verifies(cast, who):
    member, at = getattr(cast, who), timezone.now()
    with cast.scope():
        for attempt in (
            lambda: actions.register(**{**FACTS, "country": a.country()}, by=member, at=at),
            lambda: actions.verify(cast.employer, by=member, at=at),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert Organisation.objects.count() == 5


def test_organisations_are_no_page_for_partners_and_the_outsider(cast, client):
    for member, desk in ((cast.recruiter, "bau"), (cast.outsider, "agency")):
        client.force_login(member.user)
        for end in ("", f"{cast.employer.uid}/", "new/"):
            assert client.get(f"/desk/north/{desk}/organisations/{end}").status_code == 404


def test_action_names_the_field(cast):
    with cast.scope(), pytest.raises(Refused) as refusal:
        actions.register(
            **{**FACTS, "slug": "A B", "country": a.country()}, by=cast.officer, at=timezone.now()
        )
    assert refusal.value.field == "slug"


def test_list_costs_the_same_for_more_rows(cast, client, count_queries):
    client.force_login(cast.officer.user)
    few = count_queries(lambda: client.get(BASE))
    with cast.scope():
        for number in range(3):
            a.organisation(f"more-{number}", "employer")
    assert count_queries(lambda: client.get(BASE)) == few


def test_list_filters(cast, client):
    client.force_login(cast.officer.user)
    shown = client.get(f"{BASE}?kind=employment_service").text
    assert ">Eark<" in shown
    assert ">Bau<" not in shown
    assert ">Bau<" not in client.get(f"{BASE}?verified=no").text
