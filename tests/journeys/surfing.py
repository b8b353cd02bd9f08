"""A real browser that writes down everything a page does wrong."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests import browser

PASSWORD = "a-long-password"  # of every user the builders make


class Surfer:
    """One person in a browser window of their own."""

    def __init__(self, context, address: str):
        self.address, self.context = address, context
        self.wrong: list[str] = []
        self.page = context.new_page()
        # A refusal by the content security policy is an error on the console.
        self.page.on("console", lambda said: self._note(said.type == "error", said.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("requestfailed", self._look_at_failed)
        self.page.on("response", self._look_at)

    def go(self, path: str) -> None:
        """Open a page; it must have a title and one main heading."""
        drawn_by_script = path.startswith("/api/")
        ready = "networkidle" if drawn_by_script else "load"
        self.page.goto(self.address + path, wait_until=ready)
        self._note(not self.page.title().partition(" · ")[0].strip(), f"no title: {path}")
        headings = self.page.locator("h1").count()
        self._note(headings != 1 and not drawn_by_script, f"{headings} main headings: {path}")

    def sign_in(self, email: str) -> None:
        """Sign in by the form, with the keyboard."""
        self.page.goto(self.address + "/account/login/")
        self.page.get_by_label("E-mail").or_(self.page.locator("#id_login")).first.fill(email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def links(self, within: str) -> list[str]:
        """Return the paths that links inside an element lead to, in order, each once."""
        found = self.page.locator(f"{within} a[href]").evaluate_all("all => all.map(a => a.href)")
        own = [urlsplit(url) for url in found if url.startswith(self.address)]
        return list(dict.fromkeys(f"{url.path}{url.query and '?' + url.query}" for url in own))

    def _look_at(self, response) -> None:
        self._note(response.status >= 400, f"{response.status} {response.url}")

    def _look_at_failed(self, request) -> None:
        """Note a request that failed; a page that is left gives up its own, and that is right."""
        is_wrong = request.failure != "net::ERR_ABORTED"
        self._note(is_wrong, f"failed {request.method} {request.url} {request.failure}")

    def _note(self, is_wrong: bool, what: str) -> None:
        if is_wrong:
            self.wrong.append(f"{urlsplit(self.page.url).path}: {what}")


@contextmanager
def surfing(path, address: str, **options):
    """Yield a function that opens a window for somebody new; all share one browser."""
    with sync_playwright() as playwright:
        opened = browser.launch(playwright, path)
        yield lambda **more: Surfer(opened.new_context(**options, **more), address)
        opened.close()
