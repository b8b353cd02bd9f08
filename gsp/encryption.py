"""Text columns that lie encrypted in the database, under keys that can be rotated."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=1)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Return the cipher of ``settings.ENCRYPTION_KEYS``: the first key writes, all read."""
    return _cipher(tuple(settings.ENCRYPTION_KEYS))


class EncryptedTextField(models.TextField):
    """Text that identifies a person: encrypted on the way in, plain in Python.

    It cannot be filtered on: equal texts have different ciphertexts.
    """

    def get_prep_value(self, value):
        """Encrypt; empty text stays empty."""
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        """Decrypt what the database holds."""
        return cipher().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name):
        """Allow only the search for emptiness."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
