"""The pages of demand: what they show, whom they show it to, what their forms do."""

import pytest

from employers.models import Demand
from tests import builders as a
from tests.employers.stating import NOW, bricklayer, euro

OWN = "/desk/north/bau/demand/"
STAFF = "/desk/north/agency/demand/"


def form(skills=(), languages=(), **changes):
    """What a browser sends: facts, then rows of skills and languages."""
    data = {
        "partnership": "builders",
        "openings": "4",
        "country": "DE",
        "term": "short",
        "stage": "signed",
        "starts_from": "2098-01-01",
        "starts_until": "2098-06-30",
        "minimum_age": "18",
    } | changes
    for prefix, rows in (("skills", skills), ("languages", languages)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for place, row in enumerate(rows):
            data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def recruiter(client, cast):
    client.force_login(cast.recruiter.user)
    return client


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_empty_list_invites_whoever_may_state(client, cast):
    client.force_login(cast.recruiter.user)
    assert "State demand" in text(client.get(OWN))
    client.force_login(cast.auditor.user)
    page = text(client.get(STAFF))
    assert "Employers have not stated any openings." in page
    assert "State demand" not in page


def test_list_shows_own_demand_and_filters_it(recruiter, cast):
    with cast.scope():
        a.demand(cast.employer, cast.partnership, reference="R-one", is_demonstration=True)
        a.demand(cast.employer, cast.partnership, code="XK", term="medium", reference="R-two")
    page = text(recruiter.get(OWN))
    assert "R-one" in page
    assert "R-two" in page
    assert "Demonstration" in page
    for query, expected in (
        ("country=XK", (False, True)),
        ("term=short", (True, False)),
        ("state=filled", (False, False)),
        ("occupation=7112", (True, True)),
        ("occupation=72", (False, False)),
    ):
        page = text(recruiter.get(f"{OWN}?{query}"))
        assert ("R-one" in page, "R-two" in page) == expected
    assert "No demand fits these filters" in text(recruiter.get(f"{OWN}?state=filled"))


def test_staff_filter_by_employer(officer, cast):
    with cast.scope():
        a.demand(cast.employer, cast.partnership, reference="R-one")
    assert "R-one" in text(officer.get(f"{STAFF}?employer=bau"))
    assert "R-one" not in text(officer.get(f"{STAFF}?employer=rival-bau"))


def test_rival_sees_nothing(client, cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership, reference="R-one")
    client.force_login(cast.rival_recruiter.user)
    rival = "/desk/north/rival-bau/demand/"
    assert "R-one" not in text(client.get(rival))
    for page in (f"{rival}{made.uid}/", f"{rival}{made.uid}/edit/", f"{OWN}{made.uid}/"):
        assert client.get(page).status_code == 404
        assert client.post(page, form()).status_code == 404 or page.endswith(f"{made.uid}/")
    assert client.post(f"{rival}{made.uid}/fill/").status_code == 404
    client.force_login(cast.coordinator.user)
    assert client.get("/desk/north/skenderaj/demand/").status_code == 404
    client.force_login(cast.outsider.user)
    assert client.get(STAFF).status_code == 404
    with cast.scope():
        assert Demand.objects.get().state == "open"


def test_auditor_sees_no_buttons_and_may_press_none(client, cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership)
    client.force_login(cast.auditor.user)
    page = text(client.get(f"{STAFF}{made.uid}/"))
    for word in ("All filled", "Withdraw", "/edit/"):
        assert word not in page
    assert client.post(f"{STAFF}{made.uid}/fill/").status_code == 403
    assert client.get(f"{STAFF}new/").status_code == 403
    with cast.scope():
        assert Demand.objects.get().state == "open"


def test_detail_shows_requirements_wage_and_buttons(recruiter, cast):
    euro()
    with cast.scope():
        made = a.demand(
            cast.employer,
            cast.partnership,
            skills=[a.skill("stack test bricks")],
            language=("de", "B1"),
            wage="2600.00",
            currency_id="EUR",
            wage_period="month",
            is_demonstration=True,
        )
    page = text(recruiter.get(f"{OWN}{made.uid}/"))
    for words in (
        "Stack test bricks",
        "German",
        "from B1",
        "€2,600",
        "per month",
        "Demonstration data",
    ):
        assert words in page
    for button in ("/edit/", "All filled", "Withdraw demand"):
        assert button in page


def test_occupation_is_searched_without_script(recruiter):
    bricklayer()
    assert "Which occupation?" in text(recruiter.get(f"{OWN}new/"))
    page = text(recruiter.get(f"{OWN}new/?q=test%20mason"))
    assert f"{OWN}new/?occupation=7112.99" in page
    assert "Nothing found" in text(recruiter.get(f"{OWN}new/?q=astronaut"))
    part = recruiter.get(f"{OWN}new/?q=7112", headers={"HX-Request": "true"})
    assert "7112.99" in text(part)
    assert "<html" not in text(part)
    assert "There is no occupation" in text(recruiter.get(f"{OWN}new/?occupation=0000"))


def test_group_points_to_its_occupations_and_occupation_offers_its_skills(recruiter):
    bricklayer(essential=["stack test bricks", "mix test mortar"], optional=["read test plans"])
    page = text(recruiter.get(f"{OWN}new/?occupation=7112"))
    assert "This is a group of occupations." in page
    assert "skills_from_occupation" not in page
    page = text(recruiter.get(f"{OWN}new/?occupation=7112.99"))
    assert "Require all 2 essential skills" in page
    assert '<option value="read test plans">' in page


def test_demand_is_stated_with_skills_and_languages(recruiter, cast):
    euro()
    bricklayer(essential=["mix test mortar"])
    a.skill("stack test bricks")
    data = form(
        skills=[
            {"skill": "stack test bricks", "relation": "optional", "minimum_level": "3"},
            {"skill": "", "relation": "essential", "minimum_level": "1"},
        ],
        languages=[{"language": "de", "level": "B1"}, {"language": "", "level": "A1"}],
        wage="2600",
        currency="EUR",
        wage_period="month",
        skills_from_occupation="on",
    )
    response = recruiter.post(f"{OWN}new/?occupation=7112.99", data)
    with cast.scope():
        made = Demand.objects.get()
        assert response["Location"] == f"{OWN}{made.uid}/"
        assert (made.employer, made.occupation.code) == (cast.employer, "7112.99")
        assert (made.openings, made.stage, made.currency_id) == (4, "signed", "EUR")
        skills = made.skills.values_list("skill__title", "relation", "minimum_level")
        assert set(skills) == {
            ("stack test bricks", "optional", 3),
            ("mix test mortar", "essential", 1),
        }
        assert list(made.languages.values_list("language_id", "level")) == [("de", "B1")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"openings": "-1"}, "greater than or equal to 1"),
        ({"starts_until": "2097-01-01"}, "before the first start"),
        ({"wage": "100"}, "A wage needs its amount"),
        ({"country": "FR"}, "Select a valid choice"),
        ({"partnership": "nowhere"}, "Select a valid choice"),
        (
            {"skills": [{"skill": "juggle", "relation": "essential", "minimum_level": "1"}]},
            "juggle",
        ),
        ({"languages": [{"language": "de", "level": "D1"}]}, "D1 is not one of"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_bad_entry_is_shown_beside_its_field_and_nothing_is_written(
    recruiter, cast, changes, words
):
    page = text(recruiter.post(f"{OWN}new/?occupation=7112", form(**changes)))
    assert words in page
    assert "field-error" in page
    with cast.scope():
        assert Demand.objects.count() == 0


def test_staff_state_for_an_employer(officer, cast):
    address = f"{STAFF}new/?occupation=7112"
    assert "This field is required" in text(officer.post(address, form()))
    officer.post(address, form(employer="bau"))
    with cast.scope():
        assert Demand.objects.get().employer == cast.employer


def test_recruiter_cannot_name_another_employer(recruiter, cast):
    recruiter.post(f"{OWN}new/?occupation=7112", form(employer="rival-bau"))
    with cast.scope():
        assert Demand.objects.get().employer == cast.employer


def test_change_starts_from_what_is_there(recruiter, cast):
    with cast.scope():
        made = a.demand(
            cast.employer, cast.partnership, skills=[a.skill("stack test bricks")], region="Bavaria"
        )
    page = text(recruiter.get(f"{OWN}{made.uid}/edit/"))
    assert 'value="stack test bricks"' in page
    assert 'value="Bavaria"' in page
    rows = [{"skill": "stack test bricks", "relation": "essential", "minimum_level": "4"}]
    response = recruiter.post(f"{OWN}{made.uid}/edit/", form(openings="6", skills=rows))
    assert response["Location"] == f"{OWN}{made.uid}/"
    with cast.scope():
        kept = Demand.objects.get()
        assert (kept.openings, kept.region) == (6, "")
        assert list(kept.skills.values_list("minimum_level")) == [(4,)]


def test_withdrawal_asks_why(recruiter, cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership)
    address = f"{OWN}{made.uid}/withdraw/"
    assert "Fill in" in text(recruiter.post(address, {"reason": ""}, follow=True))
    with cast.scope():
        assert Demand.objects.get().state == "open"
    page = text(recruiter.post(address, {"reason": "Order lost"}, follow=True))
    assert "The demand is withdrawn." in page
    assert "Order lost" in page
    assert "Withdraw demand" not in page
    assert recruiter.post(f"{OWN}{made.uid}/nonsense/").status_code == 404


def test_expired_demand_offers_to_open_again(recruiter, cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership, starts_until="2098-01-01")
        Demand.objects.update(state="expired", state_changed_at=NOW)
    assert "Open again" in text(recruiter.get(f"{OWN}{made.uid}/"))
    recruiter.post(f"{OWN}{made.uid}/reopen/")
    with cast.scope():
        assert Demand.objects.get().state == "open"


def test_list_and_detail_cost_the_same_for_one_and_for_three(officer, cast, count_queries):
    titles = iter(["one", "two", "three", "four"])
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership, skills=[a.skill(next(titles))])
    pages = (STAFF, f"{STAFF}{made.uid}/")
    before = [count_queries(lambda page=page: officer.get(page)) for page in pages]
    with cast.scope():
        for title in titles:
            skill = a.skill(title)
            a.demand(cast.employer, cast.partnership, skills=[skill])
            made.skills.create(
                skill=skill, employer=cast.employer, relation="optional", minimum_level=1
            )
    assert [count_queries(lambda page=page: officer.get(page)) for page in pages] == before
