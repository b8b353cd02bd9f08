"""Nonsense and malice are refused: no address answers 500, whatever is sent to it."""

import json
from urllib.parse import quote

import pytest

from tests.contracts.test_routes import AT_DESK, address, world  # noqa: F401

VALUES = (
    "a\x00b",
    "9" * 400,
    "NaN",
    "0001-01-01T00:00:00+23:59",
    "\ud7ff\u202e\U0010ffff",
    "-" * 5000,
)
PAGES_ASK = ("q", "page", "partnership", "cohort", "occupation", "country", "state", "year", "side")
FIELDS = (
    "name", "email", "slug", "reason", "answer", "state", "target", "on", "track", "adviser",
    "certified_on", "code", "title", "reference", "region", "occupation", "partnership", "course",
    "employer", "service", "organisation", "country", "currency", "wage", "openings", "fee",
    "starts_on", "ends_on", "home_seats", "home_floor", "note", "skills-0-skill", "since",
    "skills-TOTAL_FORMS", "languages-TOTAL_FORMS", "months", "hours", "language", "skill",
    "text", "kind", "purpose", "agrees", "marks", "results", "points", "starts_at", "value",
    "answers", "documents", "expires_on", "issued_on", "number", "due_on", "places", "weight",
    "decision",
)  # fmt: skip
BODIES = (b"", b"null", b"[]", b"[[]]", b"{", b"\xff\xfe", b'{"openings": NaN}', b"[" * 100_000)
# In the daily run each address gets some of the nonsense, in the slow one all of it.
DAILY = pytest.param(True, id="some")
THOROUGH = pytest.param(False, id="all", marks=pytest.mark.slow)
FORM = "application/x-www-form-urlencoded"
READS = [route for route in AT_DESK if "GET" in route.methods]
WRITES = [
    (route, method) for route in AT_DESK for method in route.methods if method in ("POST", "PATCH")
]


@pytest.fixture
def send(client, cast, world):  # noqa: F811
    """Send something as the director and return the status; an exception counts as 500."""
    client.raise_request_exception = False
    client.force_login(cast.director.user)

    def send(route, method, *data, **sent):
        target = address(route, world, agency="north", desk="agency")
        return client.generic(method, target, *data, **sent).status_code

    return send


def test_there_are_addresses_to_write_to():
    assert len(WRITES) >= 40


def chosen(sent, number: int, is_daily: bool):
    """What address ``number`` is sent: everything, or a third that wanders from one to the next."""
    return [one for place, one in enumerate(sent) if not is_daily or (place + number) % 3 == 0]


@pytest.mark.parametrize("is_daily", [DAILY, THOROUGH])
def test_parameters_of_the_address(send, is_daily):
    failed = []
    for number, route in enumerate(READS):
        filters = getattr(getattr(route.view, "cls", None), "filterset_class", None)
        asked = [*filters.base_filters, "cursor", "limit"] if filters else []
        # The API refuses all for one bad part; a page leaves out the bad part alone.
        for names in [[name] for name in asked] if route.is_api else [PAGES_ASK]:
            for value in chosen(VALUES, number, is_daily):
                if send(route, "GET", query_params=dict.fromkeys(names, value)) >= 500:
                    failed.append((route.path, names, value))
    assert failed == []


@pytest.mark.parametrize("is_daily", [DAILY, THOROUGH])
def test_values_of_the_body(send, is_daily):
    failed = []
    for number, (route, method) in enumerate(WRITES):
        for value in chosen(VALUES, number, is_daily):
            body, kind = json.dumps(dict.fromkeys(FIELDS, value)), "application/json"
            if not route.is_api:
                body, kind = "&".join(f"{name}={quote(value)}" for name in FIELDS), FORM
            if send(route, method, body, content_type=kind) >= 500:
                failed.append((route.path, method, value))
    assert failed == []


@pytest.mark.parametrize("is_daily", [DAILY, THOROUGH])
def test_shape_of_the_body(send, is_daily):
    failed = []
    for number, (route, method) in enumerate(WRITES):
        for body in chosen(BODIES, number, is_daily) if route.is_api else ():
            for kind in ("application/json", "multipart/form-data", ""):
                if send(route, method, body, content_type=kind) >= 500:
                    failed.append((route.path, method, body[:20], kind))
    assert failed == []


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "OPTIONS"])
def test_methods_that_nobody_asks_for(send, method):
    for route in AT_DESK:
        assert send(route, method) == 405 or (method, route.is_api) == ("OPTIONS", False)
