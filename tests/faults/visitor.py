"""Somebody with a browser, and a foreign system with a token, over real HTTP."""

import base64
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PASSWORD = "a-long-password"  # of every user the builders make


@dataclass(frozen=True)
class Answer:
    """What came back, after redirects; ``path`` is where one has landed."""

    status: int
    text: str
    path: str

    def json(self):
        return json.loads(self.text)


class Caller:
    """Sends requests to one address and keeps its cookies."""

    def __init__(self, address: str):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.address, self.opener = address, urllib.request.build_opener(cookies)

    def send(self, path: str, data: bytes | None = None, **headers: str) -> Answer:
        """Return the answer, an error's too; ``Content_Type`` stands for Content-Type."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        request = urllib.request.Request(self.address + path, data, named)
        try:
            with self.opener.open(request, timeout=30) as answer:
                return _read(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return _read(answer)


class Visitor(Caller):
    """A person in a browser without JavaScript."""

    def get(self, path: str) -> Answer:
        return self.send(path)

    def submit(self, path: str, **fields) -> Answer:
        """Open a page and send its form with these fields; open files are uploaded."""
        page = self.get(path)
        fields["csrfmiddlewaretoken"] = TOKEN.search(page.text)[1]
        content = encode_multipart(BOUNDARY, fields)
        return self.send(page.path, content, Content_Type=MULTIPART_CONTENT)

    def sign_in(self, email: str) -> Answer:
        """Sign in by the form; return the page that follows."""
        landed = self.submit("/account/login/", login=email, password=PASSWORD)
        assert (landed.status, 'name="password"' in landed.text) == (200, False), landed.text
        return landed


class Machine(Caller):
    """A system that signs in with client credentials."""

    def __init__(self, address: str, client: str, secret: str):
        super().__init__(address)
        pair = base64.b64encode(f"{client}:{secret}".encode()).decode()
        grant = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
        answer = self.send("/identity/o/api/token", grant, Authorization=f"Basic {pair}")
        self.bearer = f"Bearer {answer.json()['access_token']}"

    def get(self, path: str) -> Answer:
        return self.send(path, Authorization=self.bearer)

    def post(self, path: str, content) -> Answer:
        body = json.dumps(content).encode()
        kind = "application/json"
        return self.send(path, body, Authorization=self.bearer, Content_Type=kind)


def _read(answer) -> Answer:
    path = urllib.parse.urlsplit(answer.url).path
    return Answer(answer.status, answer.read().decode(), path)
