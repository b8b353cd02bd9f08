"""Each role in a real browser: every page of the menu opens, and nothing goes wrong on it."""

import re

import pytest
from django.urls import resolve
from django.utils import timezone

from matching.actions import nights, runs
from partnerships.roles import Role
from tests import browser
from tests import builders as a
from tests.faults.committed import add_night
from tests.journeys.surfing import surfing

pytestmark = pytest.mark.browser
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HOMES = {
    Role.AGENCY_DIRECTOR: "/desk/north/agency/",
    Role.PROGRAMME_OFFICER: "/desk/north/agency/",
    Role.FINANCE_OFFICER: "/desk/north/agency/",
    Role.AUDITOR: "/desk/north/agency/",
    Role.CENTRE_COORDINATOR: "/desk/north/skenderaj/",
    Role.EMPLOYER_RECRUITER: "/desk/north/bau/",
    Role.SERVICE_ANALYST: "/desk/north/eark/",
}


@pytest.fixture(scope="session")
def chromium():
    return browser.chromium_path() or pytest.skip("this machine has no Chromium")


@pytest.fixture
def logins(stage):
    """E-mail of a member in each role, at an agency where everything has something to show."""
    add_night(stage, stage.partnership)
    with stage.scope():
        a.figure(stage.service)
        runs.run(stage.partnership, as_of=a.TODAY, by=nights.NIGHT, at=timezone.now())
        finance = a.membership("finance_officer")
    members = [stage.director, stage.officer, finance, stage.auditor]
    members += [stage.coordinator, stage.recruiter, stage.analyst]
    found = {Role(member.role): member.user.email for member in members}
    assert found.keys() == set(Role)
    return found


@pytest.fixture
def people(chromium, logins, live_server):
    """A function that opens a window for somebody; no query may be made in this thread then."""
    with surfing(chromium, live_server.url, viewport={"width": 1280, "height": 800}) as opens:
        yield opens


def test_every_role_walks_its_menu(people, logins):
    walked = {}
    for role, email in logins.items():
        surfer = people()
        surfer.sign_in(email)
        assert surfer.page.url == surfer.address + HOMES[role]
        menu = surfer.links("#side")
        for path in menu:
            surfer.go(path)
            assert surfer.page.locator("#side [aria-current=page]").count() == 1, path
        assert surfer.wrong == [], role
        walked[role] = {resolve(path).url_name for path in menu}
        surfer.context.close()
    assert walked[Role.AGENCY_DIRECTOR] > walked[Role.PROGRAMME_OFFICER]
    assert walked[Role.EMPLOYER_RECRUITER] >= {"home", "demands", "proposals"}
    assert "trainees" in walked[Role.CENTRE_COORDINATOR]
    assert "figures" in walked[Role.SERVICE_ANALYST]


def test_no_link_of_the_director_is_dead(people, logins):
    """Follow every kind of link that pages show; addresses that differ in an id are of a kind."""
    surfer = people()
    surfer.sign_in(logins[Role.AGENCY_DIRECTOR])
    seen, waiting = {}, [HOMES[Role.AGENCY_DIRECTOR], *surfer.links("#side")]
    while waiting:
        path = waiting.pop(0).partition("?")[0]
        kind = UID.sub("…", path)
        if kind in seen:
            continue
        seen[kind] = resolve(path).url_name
        surfer.go(path)
        waiting += [link for link in surfer.links("body") if not is_file(link)]
    assert surfer.wrong == []
    assert set(seen.values()) >= {
        "partnership",
        "cohort",
        "trainee",
        "demand",
        "gaps",
        "proposal",
        "run",
    }


def is_file(path: str) -> bool:
    """Tell whether a browser would save what the link leads to."""
    saved = ("template", "/file/", "/pdf/", "/marked/", "/export/", ".ics")
    return path.startswith(("/static/", "/api/v1/schema")) or any(one in path for one in saved)


def test_arabic_reads_from_right_to_left(people, logins):
    surfer = people()
    cookie = {"name": "django_language", "value": "ar", "url": surfer.address}
    surfer.context.add_cookies([cookie])
    surfer.sign_in(logins[Role.PROGRAMME_OFFICER])
    surfer.go(HOMES[Role.PROGRAMME_OFFICER])
    root = surfer.page.locator("html")
    assert (root.get_attribute("dir"), root.get_attribute("lang")) == ("rtl", "ar")
    side, main = (surfer.page.locator(one).bounding_box() for one in ("#side", "#main"))
    assert side["x"] > main["x"], "the menu stands on the right"
    assert surfer.wrong == []


def test_keyboard_skips_the_menu(people, logins):
    surfer = people()
    surfer.sign_in(logins[Role.PROGRAMME_OFFICER])
    surfer.go("/desk/north/agency/cohorts/")
    surfer.page.keyboard.press("Tab")
    focused = surfer.page.locator(":focus")
    assert (focused.get_attribute("href"), focused.is_visible()) == ("#main", True)
    surfer.page.keyboard.press("Enter")
    assert surfer.page.evaluate("document.activeElement.id") == "main"
    surfer.page.keyboard.press("Tab")
    assert surfer.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert surfer.wrong == []


def test_page_works_without_javascript(people, logins):
    surfer = people(java_script_enabled=False)
    surfer.sign_in(logins[Role.PROGRAMME_OFFICER])
    surfer.go("/desk/north/agency/cohorts/")
    surfer.page.locator("main").get_by_role("link", name="NIGHT").first.click()
    assert resolve(surfer.page.url.removeprefix(surfer.address)).url_name == "cohort"
    assert surfer.wrong == []
