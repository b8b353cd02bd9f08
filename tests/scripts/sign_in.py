"""Signs in over HTTP with every login that ``make run`` printed: ``sign_in.py ADDRESS OUTPUT``."""

import http.cookiejar
import re
import sys
import urllib.parse
import urllib.request
from pathlib import Path

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
PASSWORD = re.compile(r"Password of each login: (\S+)")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def sign_in(address: str, email: str, password: str) -> str:
    """Return the path of the page that a successful sign-in leads to; raises where refused."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    with browser.open(address) as page:
        form, where = page.read().decode(), page.url
    fields = {"login": email, "password": password, "csrfmiddlewaretoken": TOKEN.search(form)[1]}
    with browser.open(where, urllib.parse.urlencode(fields).encode()) as page:
        path = urllib.parse.urlsplit(page.url).path
        if 'name="password"' in page.read().decode():
            raise SystemExit(f"{email} cannot sign in")
        return path


def main(address: str, output: str) -> None:
    """Sign in with each login of the file ``output``; exit with a message if one fails."""
    said = Path(output).read_text()
    password = PASSWORD.search(said)
    if not password:
        raise SystemExit("no login was printed")
    table = said[said.index("E-mail address") : password.start()]
    for email in sorted(set(EMAIL.findall(table))):
        print(f"  {email} lands on {sign_in(address, email, password[1])}")


if __name__ == "__main__":
    main(*sys.argv[1:])
