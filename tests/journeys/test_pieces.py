"""A list sent over a line that breaks: it goes on by itself, and after a reload."""

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gsp import vault
from gsp.tenancy.scope import scope
from gsp.uploads.models import Upload, UploadPart
from tests import browser
from tests.journeys.surfing import surfing

pytestmark = pytest.mark.browser
BROKEN = "The connection broke. It goes on by itself as soon as there is one."
SIZE = 5_000_000


@pytest.fixture
def chromium():
    return browser.chromium_path() or pytest.skip("this machine has no Chromium")


@pytest.fixture
def window(chromium, stage, given, live_server):
    with surfing(chromium, live_server.url, viewport={"width": 1280, "height": 900}) as opens:
        yield opens()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trainees.csv"
    path.write_bytes(b"reference,given_name\n" + random.Random(3).randbytes(SIZE))
    return path


class Line:
    """What goes over the line: pieces in order, and a break from the one with this number on."""

    def __init__(self, window, *, breaks_at: int, how):
        self.offsets: list[int] = []
        self.breaks_at, self.how, self.is_mended = breaks_at, how, False
        window.page.route("**/uploads/*/content", self.carry)

    def carry(self, route):
        if route.request.method == "PATCH":
            self.offsets.append(int(route.request.headers["upload-offset"]))
            if len(self.offsets) >= self.breaks_at and not self.is_mended:
                self.how(route)
                return
        route.continue_()


def send(window, stage, email, file):
    window.sign_in(email)
    window.go(f"/desk/north/skenderaj/cohorts/{stage.cohort.uid}/upload/")
    choose(window, file)


def choose(window, file):
    window.page.locator("input[type=file]").set_input_files(file)
    window.page.get_by_role("button", name="Upload", exact=True).click()


def in_database(stage, ask):
    """Ask in a thread without the browser's loop."""

    def asked():
        with scope(stage.north.pk):
            found = ask()
        connection.close()
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()


def arrived(stage):
    """Return state, size and SHA-256 of what lies in the vault of each list, and pieces left."""

    def ask():
        return [
            (one.state, one.size, hashlib.sha256(vault.content_of(one.stored)).hexdigest())
            for one in Upload.objects.all()
        ], UploadPart.objects.count()

    return in_database(stage, ask)


def expected(file):
    content = file.read_bytes()
    return [("received", len(content), hashlib.sha256(content).hexdigest())], 0


def test_line_breaks_and_comes_back(window, stage, file):
    email, page = stage.coordinator.user.email, window.page

    def breaks(route):
        window.context.set_offline(True)
        route.abort("internetdisconnected")

    line = Line(window, breaks_at=3, how=breaks)
    send(window, stage, email, file)
    status = page.get_by_role("status").filter(has_text=BROKEN)
    status.wait_for()
    bar = page.get_by_role("progressbar", name="Sending the file")
    shown = float(bar.get_attribute("value")), float(bar.get_attribute("max"))
    assert shown == (line.offsets[2], file.stat().st_size)
    assert 0 == line.offsets[0] < line.offsets[1] < line.offsets[2] < file.stat().st_size
    assert window.wrong, "the broken line shows in the browser"
    window.wrong.clear()
    line.is_mended = True
    window.context.set_offline(False)
    page.wait_for_url("**/uploads/*-*/")
    assert line.offsets[3] == line.offsets[2], "no piece is sent twice"
    assert arrived(stage) == expected(file)
    assert page.evaluate("localStorage.length") == 0
    assert window.wrong == []


def test_reload_goes_on_where_it_stopped(window, stage, file):
    email, page = stage.coordinator.user.email, window.page
    line = Line(window, breaks_at=4, how=lambda route: route.abort("connectionreset"))
    send(window, stage, email, file)
    page.get_by_role("status").filter(has_text=BROKEN).wait_for()
    page.reload()
    hint = "“trainees.csv” was not sent to its end. Choose the same file, and it goes on"
    page.get_by_role("status").filter(has_text=hint).wait_for()
    window.wrong.clear()
    line.is_mended = True
    choose(window, file)
    page.wait_for_url("**/uploads/*-*/")
    assert line.offsets[4] == line.offsets[3] > 0
    assert arrived(stage) == expected(file)
    assert window.wrong == []


def test_cancel_keeps_nothing(window, stage, file):
    email, page = stage.coordinator.user.email, window.page
    Line(window, breaks_at=2, how=lambda route: route.abort("connectionreset"))
    send(window, stage, email, file)
    page.get_by_role("status").filter(has_text=BROKEN).wait_for()
    with page.expect_response("**/discard") as discarded:
        page.get_by_role("button", name="Cancel sending").click()
    assert discarded.value.status == 202
    page.get_by_role("status").filter(has_text="Nothing of the file was kept.").wait_for()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.activeElement.type") == "file"
    found = in_database(stage, lambda: list(Upload.objects.values_list("state", "stored")))
    assert (found, in_database(stage, UploadPart.objects.count)) == ([("discarded", "")], 0)
