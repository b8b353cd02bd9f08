"""Whoever calls is told apart behind a proxy, and their codes stay out of the logs."""

import logging

import pytest
from django.core.cache import cache

from gsp.web.codes_in_logs import WithoutCodes
from gsp.web.middleware import ClientAddressMiddleware


def address(rf, forwarded=None):
    """Return the address that a request from a proxy comes to."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    return ClientAddressMiddleware(lambda request: request.META["REMOTE_ADDR"])(request)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_address_is_what_the_last_trusted_proxy_saw(rf, settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert address(rf, forwarded) == expected


def test_one_caller_behind_the_proxy_does_not_shut_out_the_others(client, cast, settings):
    settings.TRUSTED_PROXIES = 1
    cache.clear()
    page = "/public/north/calls/none/code/"
    noisy = [
        client.post(page, headers={"X-Forwarded-For": "203.0.113.7"}).status_code for _ in range(11)
    ]
    assert noisy == [404] * 10 + [429]
    assert client.post(page, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 404


def test_log_names_no_code():
    record = logging.LogRecord(
        "django.request",
        logging.WARNING,
        "",
        1,
        "%s: %s",
        ("Gone", "/public/north/me/abc-1/"),
        None,
    )
    assert WithoutCodes().filter(record) is True
    assert record.getMessage() == "Gone: /public/north/me/…/"


def test_other_lines_stay_as_they_are():
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s of %s", (1, 2), None)
    assert WithoutCodes().filter(record) is True
    assert (record.msg, record.args) == ("%s of %s", (1, 2))
