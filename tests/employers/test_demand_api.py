"""Demand over HTTP: what is posted comes back, and nobody posts for another."""

import pytest

from employers.models import Demand
from partnerships.models import Organisation
from tests import builders as a
from tests.employers.stating import LAY_BRICKS, body, euro

OWN = "/api/v1/north/bau/demand"
STAFF = "/api/v1/north/agency/demand"
RIVAL = "/api/v1/north/rival-bau/demand"


def send(client, address, content, verb="post"):
    return getattr(client, verb)(address, content, content_type="application/json")


@pytest.fixture
def recruiter(client, cast):
    client.force_login(cast.recruiter.user)
    return client


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def unchanged(cast):
    with cast.scope():
        return Demand.objects.count() == 0


def test_posted_demand_comes_back(recruiter, cast):
    euro()
    a.skill("stack test bricks")
    content = body(
        reference="R-1",
        region="Bavaria",
        skills=[{"skill": LAY_BRICKS, "relation": "essential", "minimum_level": 2}],
        languages=[{"language": "de", "level": "B1"}],
        wage={"amount": "2600.00", "currency": "EUR", "period": "month"},
    )
    response = send(recruiter, OWN, content)
    assert response.status_code == 201
    made = response.json()
    assert response["Location"] == f"{OWN}/{made['uid']}"
    assert recruiter.get(response["Location"]).json() == made
    for moment in ("created_at", "updated_at", "uid"):
        assert made.pop(moment)
    occupation = {
        "uri": "http://data.europa.eu/esco/isco/C7112",
        "code": "7112",
        "isco_code": "7112",
        "title": a.occupation("7112").title,
    }
    assert made == COMES_BACK | {"occupation": occupation}


COMES_BACK = {
    "reference": "R-1",
    "partnership": "builders",
    "employer": "bau",
    "country": "DE",
    "region": "Bavaria",
    "openings": 4,
    "term": "short",
    "stage": "expressed",
    "state": "open",
    "state_changed_at": None,
    "withdrawal_reason": "",
    "starts_from": "2098-01-01",
    "starts_until": "2098-06-30",
    "minimum_age": 18,
    "skills": [
        {
            "skill": LAY_BRICKS,
            "title": "stack test bricks",
            "relation": "essential",
            "minimum_level": 2,
        }
    ],
    "languages": [{"language": "de", "level": "B1"}],
    "wage": {"amount": "2600.00", "currency": "EUR", "period": "month"},
    "is_demonstration": False,
}


@pytest.mark.parametrize(
    ("changes", "status", "pointer", "words"),
    [
        ({"occupation": "9999"}, 422, "#/occupation", "ISCO-08 code of four digits"),
        ({"openings": -1}, 400, "#/openings", "State at least one opening."),
        ({"starts_until": "2097-12-31"}, 422, "#/starts_until", "before the first start"),
        ({"starts_from": "soon"}, 400, "#/starts_from", "YYYY-MM-DD"),
        (
            {"languages": [{"language": "de", "level": "D1"}]},
            400,
            "#/languages/0/level",
            "There is no CEFR level “D1”. Use A1, A2, B1, B2, C1 or C2.",
        ),
        ({"skills": [{"skill": "juggle"}]}, 422, "#/skills/0/skill", "ESCO URI"),
        ({"wage": {"amount": "5"}}, 400, "#/wage/currency", "required"),
        ({"country": "FR"}, 422, "#/country", "Kosovo (XK)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_fact_is_a_problem_with_pointer_and_remedy(
    recruiter, cast, changes, status, pointer, words
):
    response = send(recruiter, OWN, body(**changes))
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert pointer in [one["pointer"] for one in problem["errors"]]
    assert words in str(problem["errors"])
    assert unchanged(cast)


def test_taken_reference_is_refused_naming_the_field(recruiter, cast):
    assert send(recruiter, OWN, body(reference="R-1")).status_code == 201
    response = send(recruiter, OWN, body(reference="R-1", openings=9))
    assert response.status_code == 422
    assert response.json()["code"] == "reference_taken"
    assert response.json()["errors"][0]["pointer"] == "#/reference"
    with cast.scope():
        assert Demand.objects.get().openings == 4


def test_employer_posting_for_another_is_refused(recruiter, cast):
    for name in ("rival-bau", str(cast.rival_employer.uid), "no-such"):
        response = send(recruiter, OWN, body(employer=name))
        assert response.status_code == 422
        assert response.json()["code"] == "unknown_employer"
    assert send(recruiter, RIVAL, body()).status_code == 404
    assert send(recruiter, STAFF, body(employer="bau")).status_code == 404
    assert unchanged(cast)


def test_staff_name_the_employer(officer, cast):
    response = send(officer, STAFF, body())
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "#/employer"
    assert unchanged(cast)
    response = send(officer, STAFF, body(employer="bau"))
    assert response.status_code == 201
    assert response.json()["employer"] == "bau"


def test_others_demand_is_not_there(client, cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership)
    client.force_login(cast.rival_recruiter.user)
    assert client.get(RIVAL).json()["results"] == []
    for verb, address in (
        ("get", f"{RIVAL}/{made.uid}"),
        ("patch", f"{RIVAL}/{made.uid}"),
        ("post", f"{RIVAL}/{made.uid}/withdraw"),
        ("post", f"{RIVAL}/{made.uid}/fill"),
        ("get", f"{OWN}/{made.uid}"),
    ):
        response = send(client, address, {"openings": 9, "reason": "x"}, verb)
        assert response.status_code == 404
    with cast.scope():
        kept = Demand.objects.get()
        assert (kept.openings, kept.state) == (1, "open")


def test_outsider_and_centre_meet_404_and_nobody_meets_401(client, cast):
    assert client.get(OWN).status_code == 401
    assert client.get(OWN)["WWW-Authenticate"] == 'Bearer realm="api"'
    client.force_login(cast.outsider.user)
    assert client.get(OWN).status_code == 404
    assert client.get(STAFF).status_code == 404
    client.force_login(cast.coordinator.user)
    assert client.get("/api/v1/north/skenderaj/demand").status_code == 404


def test_auditor_reads_and_may_not_write(client, cast):
    client.force_login(cast.auditor.user)
    assert client.get(STAFF).status_code == 200
    assert send(client, STAFF, body(employer="bau")).status_code == 403
    assert unchanged(cast)


def test_patch_changes_what_is_named(recruiter):
    address = send(recruiter, OWN, body(reference="R-1"))["Location"]
    response = send(recruiter, address, {"openings": 6, "region": "Hesse"}, "patch")
    assert response.status_code == 200
    changed = response.json()
    assert (changed["openings"], changed["region"]) == (6, "Hesse")
    assert (changed["reference"], changed["term"]) == ("R-1", "short")


def test_patch_takes_the_wage_away(recruiter):
    euro()
    wage = {"amount": "20.00", "currency": "EUR", "period": "hour"}
    address = send(recruiter, OWN, body(wage=wage))["Location"]
    assert send(recruiter, address, {"wage": None}, "patch").json()["wage"] is None


def test_withdraw_asks_for_a_reason(recruiter):
    address = send(recruiter, OWN, body())["Location"]
    response = send(recruiter, f"{address}/withdraw", {})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "#/reason")
    response = send(recruiter, f"{address}/withdraw", {"reason": "Order lost"})
    assert response.status_code == 200
    assert response.json()["state"] == "withdrawn"
    assert response.json()["withdrawal_reason"] == "Order lost"
    response = send(recruiter, f"{address}/fill", {})
    assert (response.status_code, response.json()["code"]) == (422, "no_such_move")


def test_filters_narrow_the_list(officer, cast):
    with cast.scope():
        first = a.demand(cast.employer, cast.partnership, reference="one")
        a.demand(cast.employer, cast.partnership, code="XK", term="medium", reference="two")
        Demand.objects.filter(pk=first.pk).update(state="filled")

    def found(query):
        rows = officer.get(f"{STAFF}?{query}").json()["results"]
        return [row["reference"] for row in rows]

    assert found("") == ["two", "one"]
    assert found("state=filled") == ["one"]
    assert found("country=XK") == ["two"]
    assert found("term=medium") == ["two"]
    assert found("occupation=71") == ["two", "one"]
    assert found("occupation=72") == []
    assert found("partnership=builders&reference=one") == ["one"]
    assert found("employer=rival-bau") == []
    assert found("updated_since=2099-01-01T00:00:00Z") == []
    assert officer.get(f"{STAFF}?state=nonsense").status_code == 400


def test_list_costs_the_same_for_one_row_and_for_three(officer, cast, count_queries):
    def build():
        a.demand(
            cast.employer,
            cast.partnership,
            skills=[a.skill("stack test bricks")],
            language=("de", "B1"),
        )

    counts = []
    for rows in (1, 2):
        with cast.scope():
            for _ in range(rows):
                build()
        counts.append(count_queries(lambda: officer.get(STAFF)))
    assert counts[0] == counts[1]


def test_sender_of_an_unverified_employer_learns_why(recruiter, cast):
    with cast.scope():
        Organisation.objects.filter(pk=cast.employer.pk).update(verified_on=None)
    response = send(recruiter, OWN, body(stage="contract"))
    assert (response.status_code, response.json()["code"]) == (422, "employer_not_verified")
    assert unchanged(cast)


def test_changes_carry_who_and_how(recruiter, cast):
    send(recruiter, OWN, body())
    with cast.scope():
        event = Demand.events.rel.related_model.objects.get()
        assert event.pgh_context["actor"] == cast.recruiter.user_id
        assert event.pgh_context["via"] == "api"
