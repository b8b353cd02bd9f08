import pytest

from selection.models import Offer, Score
from tests.selection.calling import a_call, apply, score, states, to_screening


@pytest.fixture
def api(client, cast):
    client.force_login(cast.coordinator.user)

    def ask(path, body=None):
        address = f"/api/v1/north/skenderaj/{path}"
        if body is None:
            return client.get(address)
        return client.post(address, body, content_type="application/json")

    return ask


def test_call_is_read_with_its_scheme(api, cast):
    with cast.scope():
        call = a_call(cast, rules=[("language", {"values": ["de", "A2"]})])
        apply(call)
    (shown,) = api("calls").json()["results"]
    assert shown["uid"] == str(call.uid)
    assert shown["rules"][0]["reason"] == "language:de"
    assert shown["criteria"][0]["code"] == "letter"
    assert (shown["applied"], shown["passed"], shown["state"]) == (1, 0, "open")


def test_application_is_scored_and_replaced(api, cast):
    with cast.scope():
        one = apply(a_call(cast))
    body = {"scores": [{"criterion": "letter", "points": 4, "comment": "Fair"}]}
    assert api(f"applications/{one.uid}/scores", body).json()["state"] == "assessed"
    body["scores"][0]["points"] = 6
    shown = api(f"applications/{one.uid}/scores", body).json()
    assert [given["value"] for given in shown["scores"]] == [6]
    assert "Krasniqi" not in str(shown)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"criterion": "nothing", "points": 1}, "unknown_criterion"),
        ({"criterion": "letter", "points": 11}, "beyond_scale"),
    ],
)
def test_wrong_points_are_refused(api, cast, given, code):
    with cast.scope():
        one = apply(a_call(cast))
    answer = api(f"applications/{one.uid}/scores", {"scores": [given]})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    with cast.scope():
        assert not Score.objects.exists()


def test_call_is_decided_undone_and_sent(api, cast):
    with cast.scope():
        call = a_call(cast, places=1)
        for number in (1, 2):
            score(apply(call, number), number)
        to_screening(call)
    page = f"calls/{call.uid}"
    assert api(f"{page}/send", {}).json()["code"] == "not_decided"
    assert api(f"{page}/decide", {}).json()["state"] == "decided"
    assert api(f"{page}/undo", {}).json()["state"] == "screening"
    api(f"{page}/decide", {})
    assert api(f"{page}/send", {}).json()["offers_sent_at"] is not None
    with cast.scope():
        assert states(call) == {"00001": "waitlisted", "00002": "place_offered"}
        assert Offer.objects.get().sent_at is not None
    assert api(f"{page}/undo", {}).json()["code"] == "offers_sent"
