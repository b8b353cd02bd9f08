"""Tables of the credentials app."""

from credentials.models.credential import Check, Credential, SealedCredential
from credentials.models.issuing import Issuing
from credentials.models.key import SigningKey

__all__ = ["Check", "Credential", "Issuing", "SealedCredential", "SigningKey"]
