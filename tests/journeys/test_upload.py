"""A centre sends 500 trainees, 37 rows of them wrong; it corrects the marked file and sends it."""

import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from gsp.tenancy.scope import scope
from partnerships.models import Partnership
from tests import browser
from tests.faults.processes import worker
from tests.journeys.surfing import surfing
from tests.uploads.files import read, xlsx
from trainees.models import Enrolment, Person

pytestmark = pytest.mark.browser
HEADER = ["reference", "given_name", "family_name", "birth_date", "country", "email"]
ROWS, FAULTY = 500, 37
PICTURES = Path(settings.DATA_DIR) / "pictures"


def row(number: int) -> list[str]:
    """A trainee nobody else resembles."""
    name = "".join(chr(97 + int(digit) * 2) for digit in f"{number:04}")
    born = f"{1960 + number % 45}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    family = f"Gashi{name[::-1]}"
    return [f"T-{number:04}", name.title(), family, born, "XK", f"{name}@example.org"]


def spoil(place: int, cells: list[str]) -> list[str]:
    """Make one cell wrong, each time another one."""
    column, wrong = [(1, ""), (3, "2999-01-01"), (4, "ZZ"), (5, "no address")][place % 4]
    return [wrong if at == column else cell for at, cell in enumerate(cells)]


@pytest.fixture
def chromium():
    return browser.chromium_path() or pytest.skip("this machine has no Chromium")


@pytest.fixture
def window(chromium, stage, live_server):
    with stage.scope():
        Partnership.objects.update(home_floor=0)
    with surfing(chromium, live_server.url, viewport={"width": 1280, "height": 900}) as opens:
        yield opens()


def photograph(window, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    window.page.screenshot(path=PICTURES / f"upload-{name}.png", full_page=True)


def send(window, cohort, path: Path) -> None:
    window.go(f"/desk/north/skenderaj/cohorts/{cohort}/upload/")
    window.page.locator("input[type=file]").set_input_files(path)
    window.page.get_by_role("button", name="Upload", exact=True).click()


def test_faulty_rows_are_corrected_in_the_marked_file(window, stage, given, tmp_path):
    cohort, email = stage.cohort.uid, stage.coordinator.user.email
    wrong = set(range(5, 5 + FAULTY * 13, 13))
    rows = [row(n) if n not in wrong else spoil(n, row(n)) for n in range(ROWS)]
    first = tmp_path / "trainees.xlsx"
    first.write_bytes(xlsx(HEADER, *rows))
    page = window.page
    window.sign_in(email)
    with worker(given, tmp_path / "worker"):
        send(window, cohort, first)
        page.get_by_role("button", name="Apply the 463 valid rows and hold the 37 others").wait_for(
            timeout=60_000
        )
        photograph(window, "1-preview")
        link = page.get_by_role("link", name="Download the file with the errors marked")
        while not link.count():
            page.wait_for_timeout(500)
            page.reload()
        with page.expect_download() as download:
            link.click()
        marked = tmp_path / "marked.xlsx"
        download.value.save_as(marked)
        corrected = correct(marked, rows)
        send(window, cohort, corrected)
        page.get_by_role("button", name="Apply all 500 rows").wait_for(timeout=60_000)
        photograph(window, "2-corrected")
        page.get_by_role("button", name="Apply all 500 rows").click()
        page.locator(".tag", has_text=re.compile("^ *Applied *$")).first.wait_for(timeout=60_000)
        photograph(window, "3-applied")
    assert window.wrong == []
    assert written(stage) == (ROWS, ROWS)


def correct(marked: Path, rows) -> Path:
    """Check the marks of the file that came back, and write it again with the right cells."""
    with zipfile.ZipFile(marked) as archive:
        notes = archive.read("xl/comments1.xml").decode()
    assert notes.count("<comment ") == FAULTY
    sheet = read("marked.xlsx", marked.read_bytes())
    sent = [tuple(cells) for cells in rows]
    assert [one.cells for one in sheet.rows] == sent
    path = marked.with_name("corrected.xlsx")
    path.write_bytes(xlsx(list(sheet.header.cells), *(row(n) for n in range(ROWS))))
    return path


def written(stage) -> tuple[int, int]:
    """How many trainees and enrolments there are; asked in a thread without the browser's loop."""
    from concurrent.futures import ThreadPoolExecutor

    def count():
        from django.db import connection

        with scope(stage.north.pk):
            found = Person.objects.count(), Enrolment.objects.count()
        connection.close()
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(count).result()
