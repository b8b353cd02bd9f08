"""Ed25519 keys as JWK (RFC 8037) and as Multikey (W3C Controlled Identifiers)."""

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"  # the multicodec of an Ed25519 public key


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair; both halves base64url without padding, as in a JWK."""

    public: str
    private: str

    @property
    def signer(self) -> Ed25519PrivateKey:
        """Return the key that signs."""
        return Ed25519PrivateKey.from_private_bytes(from_base64url(self.private))


def generate() -> Pair:
    """Return a new pair."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    private = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return Pair(base64url(public), base64url(private))


def jwk(public: str) -> dict:
    """Return the public half as a JSON Web Key."""
    return {"kty": "OKP", "crv": "Ed25519", "x": public}


def thumbprint(public: str) -> str:
    """Return the thumbprint of the key's JWK (RFC 7638, SHA-256): 43 letters."""
    canonical = json.dumps(jwk(public), sort_keys=True, separators=(",", ":"))
    return base64url(hashlib.sha256(canonical.encode()).digest())


def multikey(public: str) -> str:
    """Return the public half as ``publicKeyMultibase``."""
    return "z" + base58(ED25519_PUBLIC + from_base64url(public))


def base64url(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return what ``base64url`` was given."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base58(raw: bytes) -> str:
    """Return base 58 with Bitcoin's alphabet, as multibase ``z`` wants it."""
    number, text = int.from_bytes(raw), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text
