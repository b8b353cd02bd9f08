"""Words somebody searches by, carried in an address that tells a log nothing.

A list must have an address, so that its pages, the back button and a reload work; but proxies and
servers write addresses down. What is searched for is posted, and the address it leads to carries
it sealed: it opens for the same user alone, and not for long.
"""

import base64
import time

from gsp.encryption import UnsealError, seal, unseal

LASTS = 3600  # seconds


def sealed_words(words: str, user) -> str:
    """Return search words as a part of an address."""
    content = f"{int(time.time())} {words}".encode()
    sealed = seal(content, bound_to=_place(user))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def opened_words(text: str, user) -> str:
    """Return what ``sealed_words`` was given; nothing where it is another's, too old or no such."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        made, _space, words = unseal(sealed, bound_to=_place(user)).decode().partition(" ")
    except (UnsealError, ValueError):
        return ""
    return words if time.time() - int(made) < LASTS else ""


def _place(user) -> bytes:
    return f"search of user {user.pk}".encode()
