"""The public addresses that signed credentials name; they stand for good."""

from django.conf import settings
from django.urls import reverse


def _public(name: str, agency: str, **kwargs) -> str:
    path = reverse(name, kwargs={"agency": agency, **kwargs})
    return settings.PUBLIC_URL.rstrip("/") + path


def verification(agency: str, code: str) -> str:
    """Return the page that tells whether the credential with this code stands."""
    return _public("public-credential", agency, code=code)


def entry(agency: str) -> str:
    """Return the page where a code can be typed."""
    return _public("public-credentials", agency)


def issuer(agency: str) -> str:
    """Return the issuer's profile: who it is, and its public keys."""
    return _public("public-issuer", agency)


def terms(agency: str) -> str:
    """Return the JSON-LD context of our own terms; it never changes, a new one gets a number."""
    return _public("public-terms", agency)


def key(agency: str, name: str) -> str:
    """Return the address of a public key as a Multikey; embedded proofs name it."""
    return f"{issuer(agency)}#{name}"


def web_key(agency: str, name: str) -> str:
    """Return the address of the same key as a JWK; tokens name it."""
    return f"{issuer(agency)}#{name}-jwk"


def status_list(agency: str, number: int) -> str:
    """Return the signed list of bits that tells which credentials ended."""
    return _public("public-status-list", agency, number=number)
