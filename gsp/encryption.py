"""Text and bytes that lie encrypted, under keys that can be rotated."""

import base64
import hashlib
import os
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes; random, as NIST SP 800-38D allows for 2³² messages under one key
MARK = 4  # bytes of the key's own digest, which tell which key wrote
SEALED = "1:"  # what begins a text of this kind
FERNET = "gAAAA"  # what begins one that Fernet wrote, as the first release did
# At least mark, nonce and the cipher's own tag in base64.
SHAPE = re.compile(rf"({SEALED}[A-Za-z0-9+/]{{43,}}={{0,2}}|{FERNET}[\w-]{{70,}}={{0,2}})")


class UnsealError(ValueError):
    """No key of the settings opens this."""


@lru_cache(maxsize=4)
def _ciphers(keys: tuple[str, ...]) -> dict[bytes, AESGCM]:
    """Return each key's cipher by its mark; the first one writes."""
    raw = [base64.urlsafe_b64decode(key) for key in keys]
    return {hashlib.sha256(key).digest()[:MARK]: AESGCM(key) for key in raw}


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(content: bytes, *, bound_to: bytes = b"") -> bytes:
    """Return ``content`` encrypted and signed under the first key (AES-256-GCM).

    What it is ``bound_to`` must be named again to open it.
    """
    mark, cipher = next(iter(_ciphers(tuple(settings.ENCRYPTION_KEYS)).items()))
    nonce = os.urandom(NONCE)
    return mark + nonce + cipher.encrypt(nonce, content, bound_to or None)


def unseal(sealed: bytes, *, bound_to: bytes = b"") -> bytes:
    """Return what ``seal`` was given.

    Raises:
        UnsealError: no key of the settings wrote it, or it was changed since.

    """
    cipher = _ciphers(tuple(settings.ENCRYPTION_KEYS)).get(sealed[:MARK])
    if cipher is None:
        raise UnsealError("none of the encryption keys wrote this")
    nonce, content = sealed[MARK : MARK + NONCE], sealed[MARK + NONCE :]
    try:
        return cipher.decrypt(nonce, content, bound_to or None)
    except InvalidTag as error:
        raise UnsealError("this was changed after it was encrypted") from error


def seal_text(text: str) -> str:
    """Return the text as it lies in the database; empty text stays empty."""
    return SEALED + base64.b64encode(seal(text.encode())).decode() if text else text


def unseal_text(text: str) -> str:
    """Return what ``seal_text`` was given, also where Fernet wrote it.

    Raises:
        UnsealError: see ``unseal``.

    """
    if not text:
        return text
    if text.startswith(SEALED):
        return unseal(base64.b64decode(text[len(SEALED) :])).decode()
    try:
        return _fernet(tuple(settings.ENCRYPTION_KEYS)).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise UnsealError("none of the encryption keys wrote this") from error


def marks() -> list[bytes]:
    """Return what tells each key of the settings in what it wrote, the writing key's first."""
    return list(_ciphers(tuple(settings.ENCRYPTION_KEYS)))


def mark_of(sealed: bytes) -> bytes:
    """Return the mark of the key that wrote this."""
    return bytes(sealed[:MARK])


def mark_of_text(text: str) -> bytes | None:
    """Return the mark of the key that wrote a sealed text; None where no key of ours did."""
    if text.startswith(SEALED):
        mark = mark_of(base64.b64decode(text[len(SEALED) :][:8]))
        return mark if mark in marks() else None
    for mark, key in zip(marks(), settings.ENCRYPTION_KEYS, strict=True):
        try:
            _fernet((key,)).decrypt(text.encode())
        except (InvalidToken, ValueError):
            continue
        return mark
    return None


def is_sealed(text: str) -> bool:
    """Tell whether a text looks like one that ``seal_text``, or Fernet before it, wrote."""
    return SHAPE.fullmatch(text) is not None


class EncryptedTextField(models.TextField):
    """Text that identifies a person: encrypted on the way in, plain in Python.

    It cannot be filtered on: equal texts have different ciphertexts.
    """

    def get_prep_value(self, value):
        """Encrypt; empty text stays empty."""
        value = super().get_prep_value(value)
        return seal_text(value) if value else value

    def from_db_value(self, value, expression, connection):
        """Decrypt what the database holds."""
        return unseal_text(value) if value else value

    def get_lookup(self, lookup_name):
        """Allow only the search for emptiness."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
