"""Certificates over the API: read, issue, revoke, download."""

import json

import pytest

from credentials.models import Credential
from tests.credentials.certified import certified, issued

API = "/api/v1/north/skenderaj/credentials"


@pytest.fixture
def made(cast):
    """A certificate and what is sealed of it."""
    with cast.scope():
        return issued(cast)


@pytest.fixture
def api(client, cast):
    """The API as the centre's coordinator calls it."""
    client.force_login(cast.coordinator.user)

    def call(method, path="", body=None, **sent):
        data = json.dumps(body) if body is not None else ""
        send = getattr(client, method)
        if method == "get":
            return send(API + path, body, **sent)
        return send(API + path, data, content_type="application/json", **sent)

    return call


def test_read(api, cast, made):
    listed = api("get").json()["results"]
    one = api("get", f"/{made[0].uid}").json()
    assert listed == [one]
    assert one["reference"] == "A1"
    assert one["statement"]["course"]["title"] == "Bricklaying"
    assert (one["state"], one["end_reason"]) == ("issued", "")
    assert "Krasniqi" not in json.dumps(one)
    assert made[1].code not in json.dumps(one)


def test_issue(api, cast):
    with cast.scope():
        enrolment = certified(cast)
    sent = {"enrolment": str(enrolment.uid), "valid_until": "2031-11-21"}
    answer = api("post", body=sent)
    assert answer.status_code == 201
    told = answer.json()
    assert answer["Location"] == f"{API}/{told['uid']}"
    assert (told["enrolment"], told["valid_until"]) == (str(enrolment.uid), "2031-11-21")
    again = api("post", body=sent)
    assert (again.status_code, again.json()["code"]) == (422, "issued_already")
    unknown = api("post", body={"enrolment": "01900000-0000-7000-8000-000000000000"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_enrolment")


def test_revoke_and_again(api, cast, made):
    new = api("post", f"/{made[0].uid}/again", {})
    assert new.status_code == 201
    answer = api("post", f"/{new.json()['uid']}/revoke", {"reason": "mistake"})
    assert (answer.status_code, answer.json()["state"]) == (200, "revoked")
    twice = api("post", f"/{new.json()['uid']}/revoke", {"reason": "mistake"})
    assert (twice.status_code, twice.json()["code"]) == (422, "no_such_move")
    wrong = api("post", f"/{made[0].uid}/revoke", {"reason": "erased"})
    assert wrong.status_code == 400
    with cast.scope():
        assert Credential.objects.standing().count() == 0


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("document", "application/vc"),
        ("token", "application/vc+jwt"),
    ],
)
def test_download(api, made, path, content_type):
    for accept in ("*/*", content_type):
        answer = api("get", f"/{made[0].uid}/{path}", headers={"Accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    if path != "pdf":
        assert answer.content.decode() == getattr(made[1], path)


def test_an_unknown_language_is_refused(api, made):
    answer = api("get", f"/{made[0].uid}/pdf", {"language": "tlh"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_language")
