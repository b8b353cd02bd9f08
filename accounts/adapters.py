"""How sign-in behaves here: accounts are given by agencies, nobody registers alone."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from gsp.encryption import seal_text, unseal_text


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Closes public registration."""

    def is_open_for_signup(self, request):
        """Return False: members are invited."""
        return False


class EncryptedMFAAdapter(DefaultMFAAdapter):
    """Keeps secrets of second factors under the keys that guard people's data."""

    def encrypt(self, text: str) -> str:
        """Return the ciphertext that is stored."""
        return seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was encrypted."""
        return unseal_text(encrypted_text)
