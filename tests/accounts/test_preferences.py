"""Language and clock of the signed-in user."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.middleware import PreferencesMiddleware
from accounts.models import User


def answer(user, cookies=None):
    seen = {}

    def view(request):
        seen["language"] = translation.get_language()
        seen["zone"] = timezone.get_current_timezone_name()
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = user
    request.COOKIES = cookies or {}
    with translation.override("en"):
        PreferencesMiddleware(view)(request)
    return seen["language"], seen["zone"]


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("fr", "Europe/Brussels", ("fr", "Europe/Brussels")),
        ("", "UTC", ("en", "UTC")),
        ("tlh", "Mars/Olympus", ("en", "UTC")),
        ("ar", "../../etc/passwd", ("ar", "UTC")),
    ],
)
def test_account_decides(language, zone, expected):
    assert answer(User(language=language, time_zone=zone)) == expected


def test_language_chosen_in_this_browser_wins():
    assert answer(User(language="fr"), {"django_language": "de"}) == ("en", "UTC")


def test_clock_ends_with_the_request():
    answer(User(language="fr", time_zone="Pacific/Fiji"))
    assert timezone.get_current_timezone_name() == "UTC"


def test_page_is_answered_in_the_language_of_the_account(client, cast):
    cast.recruiter.user.language = "ar"
    cast.recruiter.user.save()
    client.force_login(cast.recruiter.user)
    response = client.get("/account/password/change/")
    assert response["Content-Language"] == "ar"
    assert 'dir="rtl"' in response.content.decode()
