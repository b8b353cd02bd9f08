"""Photographs every page of every role from a running platform, to be looked at.

    screenshots.py ADDRESS FOLDER [--logins FILE] [--only ROLE] [--wide 1280]

The logins are read from FILE, the output of ``make run`` or of ``manage.py demo --logins``; without
FILE that command is asked. Each role is photographed light, dark and in Arabic, every kind of page
once. Exits with 1, naming them, where pages fail.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
settings.configure(BASE_DIR=ROOT)  # all that the import below needs of them

from tests import browser  # noqa: E402

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
PASSWORD = re.compile(r"Password of each login: (\S+)")
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FILES = re.compile(r"/template|/static/|/schema|/logout")
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "arabic": {"color_scheme": "light", "locale": "ar"},
}


def main() -> int:
    """Photograph; return the exit code."""
    options = arguments()
    said = options.logins.read_text() if options.logins else ask_for_logins()
    password, emails = PASSWORD.search(said), sorted(set(EMAIL.findall(said)))
    if not password or not emails:
        print("There is no login; is the demonstration built?", file=sys.stderr)
        return 2
    emails = [email for email in emails if options.only in email]
    failures = photograph(options, emails, password[1])
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("address", help="such as http://127.0.0.1:8000")
    parser.add_argument("folder", type=Path, help="where the pictures go, outside the repository")
    parser.add_argument("--logins", type=Path, help="file with the logins")
    parser.add_argument("--only", default="", help="only logins that contain this")
    parser.add_argument("--wide", type=int, default=1280, help="width of the window")
    found = parser.parse_args()
    found.address = found.address.rstrip("/")
    return found


def ask_for_logins() -> str:
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--logins"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def photograph(options, emails, password) -> list[str]:
    """Photograph every page of every login in every look; return what went wrong."""
    failures = []
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright, browser.chromium_path())
        for email in emails:
            pages = None
            for look, chosen in LOOKS.items():
                context = chromium.new_context(
                    viewport={"width": options.wide, "height": 900}, **chosen
                )
                folder = options.folder / email.replace("@", " at ") / look
                folder.mkdir(parents=True, exist_ok=True)
                camera = Camera(context, options.address, folder)
                camera.sign_in(email, password)
                pages = camera.follow(pages)
                failures += [f"{email} {look}: {what}" for what in camera.failures]
                context.close()
            print(f"{email}: {len(pages)} pages", flush=True)
        chromium.close()
    return failures


class Camera:
    """A browser window that keeps a picture of every page it opens."""

    def __init__(self, context, address: str, folder: Path):
        self.address, self.folder, self.failures = address, folder, []
        self.page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("response", self._look_at)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.address}/account/login/")
        self._keep("sign-in")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def follow(self, paths: list[str] | None) -> list[str]:
        """Photograph these pages; if none are named, every kind of page that links lead to."""
        if paths is not None:
            for path in paths:
                self._open(path)
            return paths
        seen, waiting = {}, [self._path(self.page.url)]
        while waiting:
            path = waiting.pop(0)
            if kind(path) not in seen and not FILES.search(path):
                seen[kind(path)] = path
                self._open(path)
                waiting += self._links()
        return list(seen.values())

    def _open(self, path: str) -> None:
        drawn_by_script = path.startswith("/api/")
        ready = "networkidle" if drawn_by_script else "load"
        self.page.goto(self.address + path, wait_until=ready)
        self._keep(kind(path).strip("/").replace("/", " ") or "start")

    def _keep(self, name: str) -> None:
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)

    def _links(self) -> list[str]:
        found = self.page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
        return [self._path(url) for url in found if url.startswith(self.address)]

    def _path(self, url: str) -> str:
        return urlsplit(url).path

    def _listen(self, said) -> None:
        if said.type == "error":
            self.failures.append(f"{self._path(self.page.url)}: {said.text}")

    def _look_at(self, response) -> None:
        if response.status >= 400:
            self.failures.append(f"{response.status} {response.url}")


def kind(path: str) -> str:
    """Return the path with every identifier as a word: pages of one kind are alike."""
    return UID.sub("one", path)


if __name__ == "__main__":
    sys.exit(main())
