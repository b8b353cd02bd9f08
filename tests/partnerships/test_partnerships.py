"""Partnerships: terms, states, who takes part; on the page and through the actions."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from gsp.workflow import NotAllowed, Refused
from partnerships.actions import partnerships as actions
from partnerships.models import Participation, Partnership, PartnershipOrigin
from tests import builders as a

NORTH = "/desk/north/agency/"
TERMS = {
    "name": "Welders",
    "slug": "welders",
    "origins": ["MA", "XK"],
    "destination": "DE",
    "sectors": ["construction"],
    "agreement_reference": "",
    "starts_on": "2026-01-01",
    "ends_on": "2029-12-31",
    "home_seats": "60",
    "away_seats": "30",
    "home_floor": "33.3",
    "note": "",
}


def page(cast, end=""):
    return f"{NORTH}partnerships/{cast.partnership.uid}/{end}"


def test_officer_drafts_a_partnership(cast, client):
    client.force_login(cast.officer.user)
    answer = client.post(f"{NORTH}partnerships/new/", TERMS)
    with cast.scope():
        made = Partnership.objects.get(slug="welders")
        origins = made.origins.order_by("country_id").values_list("country_id", flat=True)
        assert list(origins) == ["MA", "XK"]
    assert answer.headers["Location"] == f"{NORTH}partnerships/{made.uid}/"
    assert (made.state, made.home_floor, made.home_seats) == ("draft", Decimal("0.333"), 60)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "builders", "This address is taken; choose another."),
        ("slug", "No Spaces", "Enter a valid “slug”"),
        ("ends_on", "2025-12-31", "The end lies before the start."),
        ("home_floor", "101", "less than or equal to 100"),
        ("home_seats", "-1", "greater than or equal to 0"),
        ("origins", [], "This field is required."),
        ("sectors", ["magic"], "magic is not one of the available choices"),
    ],
)
def test_impossible_terms_are_refused_and_nothing_is_written(cast, client, field, value, words):
    client.force_login(cast.officer.user)
    answer = client.post(f"{NORTH}partnerships/new/", {**TERMS, field: value})
    assert answer.status_code == 200
    assert words in answer.text
    with cast.scope():
        assert Partnership.objects.count() == 1
        assert PartnershipOrigin.objects.count() == 1


def test_officer_changes_terms_and_origins(cast, client):
    client.force_login(cast.officer.user)
    shown = client.get(page(cast, "edit/")).text
    assert 'value="50"' in shown
    changed = {**TERMS, "name": "Masons", "origins": ["AL"], "home_floor": "62.5"}
    answer = client.post(page(cast, "edit/"), changed)
    assert answer.headers["Location"] == page(cast)
    with cast.scope():
        partnership = Partnership.objects.get()
        assert (partnership.name, partnership.slug) == ("Masons", "builders")
        assert partnership.home_floor == Decimal("0.625")
        assert [origin.country_id for origin in partnership.origins.all()] == ["AL"]


def test_draft_is_activated_once_the_agreement_is_named(cast):
    at = timezone.now()
    with cast.scope():
        draft = a.partnership("second", state="draft", agreement_reference="")
        with pytest.raises(Refused, match=r"Fill in “agreement reference” first\."):
            actions.move_to(draft, "active", by=cast.officer, at=at)
        actions.change(draft, agreement_reference="G2G 2/2026", by=cast.officer, at=at)
        draft.refresh_from_db()
        actions.move_to(draft, "active", by=cast.officer, at=at)
        assert Partnership.objects.get(slug="second").state == "active"


def test_buttons_and_state_move_on_the_page(cast, client):
    client.force_login(cast.officer.user)
    shown = client.get(page(cast)).text
    assert 'name="state" value="suspended"' in shown
    assert 'name="state" value="closed"' in shown
    assert 'name="state" value="active"' not in shown
    answer = client.post(page(cast, "move/"), {"state": "suspended"}, follow=True)
    assert "The partnership&#x27;s state is changed." in answer.text
    with cast.scope():
        assert Partnership.objects.get().state == "suspended"
    answer = client.post(page(cast, "move/"), {"state": "draft"}, follow=True)
    assert "From “suspended” it cannot become “draft”." in answer.text


def test_organisation_is_added_once_and_then_sees_the_partnership(cast, client):
    client.force_login(cast.officer.user)
    with cast.scope():
        rival = cast.rival_employer
    answer = client.post(
        page(cast, "participants/new/"), {"organisation": rival.pk, "since": "2026-11-01"}
    )
    assert answer.headers["Location"] == page(cast)
    with cast.scope(cast.rival_recruiter):
        assert Partnership.objects.get() == cast.partnership
        assert Participation.objects.get().since == date(2026, 11, 1)
    with (
        cast.scope(),
        pytest.raises(Refused, match="“Rival Bau” already takes part"),
    ):
        actions.add_participant(
            cast.partnership, rival, since=date(2026, 1, 1), by=cast.officer, at=timezone.now()
        )


def test_participation_ends_only_when_nothing_runs(cast, client):
    client.force_login(cast.officer.user)
    with cast.scope():
        part = Participation.objects.get(organisation=cast.employer)
        open_demand = a.demand(cast.employer, cast.partnership)
    address = f"{NORTH}participations/{part.uid}/end/"
    answer = client.post(address, follow=True)
    assert "“Bau” still has 0 cohorts in training and 1 open demands here." in answer.text
    with cast.scope():
        assert Participation.objects.filter(pk=part.pk).exists()
        open_demand.delete()
    client.post(address)
    with cast.scope():
        assert not Participation.objects.filter(pk=part.pk).exists()


@pytest.mark.parametrize("who", ["auditor", "coordinator", "recruiter", "analyst"])
def test_nobody_else_changes_a_partnership(cast, client, who):
    member = getattr(cast, who)
    wanted = 403 if who == "auditor" else 404
    client.force_login(member.user)
    desk = "agency" if who == "auditor" else member.organisation.slug
    base = f"/desk/north/{desk}/partnerships/"
    addresses = [f"{base}new/"] + [
        f"{base}{cast.partnership.uid}/{end}" for end in ("edit/", "move/", "participants/new/")
    ]
    assert [client.post(address, TERMS).status_code for address in addresses] == [wanted] * 4
    with cast.scope(), pytest.raises(NotAllowed):
        actions.change(cast.partnership, name="Mine", by=member, at=timezone.now())
    with cast.scope():
        assert Partnership.objects.get().name == "Builders"


@pytest.mark.parametrize("who", ["outsider", "rival_recruiter", "rival_coordinator"])
def test_outsider_and_rival_meet_404(cast, client, who):
    member = getattr(cast, who)
    client.force_login(member.user)
    desks = ["/desk/north/agency/"]
    if who != "outsider":
        desks.append(f"/desk/north/{member.organisation.slug}/")
    for desk in desks:
        assert client.get(f"{desk}partnerships/{cast.partnership.uid}/").status_code == 404


def test_list_costs_the_same_for_one_and_three(cast, client, count_queries):
    client.force_login(cast.officer.user)
    one = count_queries(lambda: client.get(f"{NORTH}partnerships/"))
    with cast.scope():
        a.partnership("second")
        a.partnership("third")
    assert count_queries(lambda: client.get(f"{NORTH}partnerships/")) == one


def test_list_filters_by_sector(cast, client):
    client.force_login(cast.officer.user)
    with cast.scope():
        a.partnership("coders", sectors=["ict"])
    shown = client.get(f"{NORTH}partnerships/?sector=ict").text
    assert ">Coders<" in shown
    assert ">Builders<" not in shown
