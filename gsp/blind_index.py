"""Tokens by which encrypted facts are found: equal facts of one tenant have equal tokens.

A token is a keyed digest. Its key belongs to one tenant, so that two agencies which know the same
person hold nothing in common, and comes from a secret of its own: whoever holds the database but
not ``BLIND_INDEX_KEYS`` can neither read nor guess.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from gsp.tenancy.scope import current_tenant

TOKEN = 8  # bytes; what is found is read and compared again, so a rare collision harms nobody


@lru_cache(maxsize=1024)
def _tenants_hmac(key: str, tenant: int) -> hmac.HMAC:
    """Return the tenant's own keyed digest, to be copied for every token."""
    secret = base64.urlsafe_b64decode(key)
    own = hmac.digest(secret, f"gsp blind index 1, tenant {tenant}".encode(), hashlib.sha256)
    return hmac.new(own, digestmod=hashlib.sha256)


def token(kind: str, text: str, *, key: str | None = None) -> int:
    """Return the token of a normalised fact in the open scope's tenant: 64 bits, signed.

    ``kind`` keeps equal texts of different meaning apart. The first key of the settings is taken
    unless another is named.

    Raises:
        ScopeError: no scope is open.

    """
    digest = _tenants_hmac(key or settings.BLIND_INDEX_KEYS[0], current_tenant()).copy()
    digest.update(f"{kind}\0{text}".encode())
    return int.from_bytes(digest.digest()[:TOKEN], signed=True)


def tokens(kind: str, text: str) -> list[int]:
    """Return the token under every key of the settings, to find also what an older one wrote."""
    return [token(kind, text, key=key) for key in settings.BLIND_INDEX_KEYS]


@lru_cache(maxsize=16)
def mark_of(key: str) -> int:
    """Return what tells a key from others without revealing it: 31 bits."""
    digest = hashlib.sha256(b"mark" + base64.urlsafe_b64decode(key)).digest()
    return int.from_bytes(digest[:4]) >> 1


def current_mark() -> int:
    """Return the mark of the key that makes new tokens."""
    return mark_of(settings.BLIND_INDEX_KEYS[0])
