"""Somebody with a browser, over real HTTP."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PASSWORD = "a-long-password"  # of every user the builders make


class Visitor:
    """Keeps cookies between requests to one address."""

    def __init__(self, address: str):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.address, self.opener = address, urllib.request.build_opener(cookies)

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page; an error's too."""
        return self._open(self.address + path)[:2]

    def sign_in(self, email: str) -> str:
        """Sign in by the form and return the path of the page that follows."""
        _, form, where = self._open(self.address + "/account/login/")
        fields = {"login": email, "password": PASSWORD}
        fields["csrfmiddlewaretoken"] = TOKEN.search(form)[1]
        status, page, where = self._open(where, urllib.parse.urlencode(fields).encode())
        assert (status, 'name="password"' in page) == (200, False), page
        return urllib.parse.urlsplit(where).path

    def _open(self, url: str, data: bytes | None = None) -> tuple[int, str, str]:
        try:
            with self.opener.open(url, data, timeout=20) as answer:
                return answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode(), answer.url
