"""People without an account in a real browser: the forms of public pages reach the platform."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from gsp.tenancy.scope import scope
from partnerships.roles import System
from privacy.actions import access
from privacy.models import DataRequest
from selection.models import Application
from tests import browser
from tests import builders as a
from tests.journeys.surfing import surfing
from tests.selection.calling import a_call
from trainees.models import Consent

pytestmark = pytest.mark.browser


@pytest.fixture
def chromium():
    return browser.chromium_path() or pytest.skip("this machine has no Chromium")


@pytest.fixture
def doors(stage):
    """A call that is open, and a link to somebody's own page."""
    now = timezone.now()
    with scope(stage.north):
        dates = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        a_call(stage, **dates)
        person = a.person(stage.centre, "T-1")
        _access, code = access.give_link(person, by=System("test"), at=now)
    return f"/public/north/me/{code}/"


@pytest.fixture
def window(chromium, doors, live_server):
    with surfing(chromium, live_server.url, viewport={"width": 390, "height": 800}) as opens:
        yield opens()


def counted(stage, model, **wanted) -> int:
    """Count rows in a thread without the browser's loop."""

    def ask():
        with scope(stage.north.pk):
            found = model.objects.filter(**wanted).count()
        connection.close()
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def test_own_page_is_opened_used_and_closed(window, doors, stage):
    window.go(doors)
    window.page.get_by_label("Your date of birth").fill("2000-05-17")
    window.page.keyboard.press("Enter")
    window.page.get_by_role("heading", name="Arta Krasniqi").wait_for()
    window.page.get_by_role("button", name="I agree", exact=True).last.click()
    window.page.get_by_text("Your choice holds from now on.").wait_for()
    window.page.get_by_label("In your own words").fill("My street is wrong.")
    window.page.get_by_role("button", name="Send", exact=True).click()
    window.page.get_by_text("answers within 30 days").wait_for()
    window.page.get_by_role("button", name="Close the page").click()
    window.page.get_by_label("Your date of birth").wait_for()
    assert counted(stage, Consent, given_through="own_page") == 1
    assert counted(stage, DataRequest) == 1
    assert window.wrong == []


def test_application_is_saved_and_sent(window, stage):
    window.go("/public/north/calls/bricks-27/apply/")
    fill = window.page.locator
    fill("[name=given_name]").fill("Drita")
    fill("[name=family_name]").fill("Gashi")
    fill("[name=birth_date]").fill("2001-03-04")
    fill("[name=sex]").select_option("female")
    fill("[name=country]").select_option("XK")
    fill("[name=phone]").fill("+383 44 123 456")
    fill("[name=has_read]").check()
    window.page.get_by_role("button", name="Send the application").click()
    window.page.wait_for_url(lambda url: "/apply/" not in url)
    assert counted(stage, Application) == 1
    assert window.wrong == []
