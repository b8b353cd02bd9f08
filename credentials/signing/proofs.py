"""Two ways to secure a credential: an embedded proof, and a token around it."""

import hashlib
import json

import jwt

from credentials.signing.keys import Pair, base58


def with_proof(document: dict, *, pair: Pair, method: str, at) -> dict:
    """Return the document with a Data Integrity proof (W3C, cryptosuite eddsa-jcs-2022).

    ``method`` is the address of the public key, ``at`` the moment of signing.

    Raises:
        TypeError: the document holds numbers with a fraction, whose text is not canonical.

    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    configuration = proof | {"@context": document["@context"]}
    signed = b"".join(
        hashlib.sha256(canonical(part)).digest() for part in (configuration, document)
    )
    value = "z" + base58(pair.signer.sign(signed))
    return document | {"proof": configuration | {"proofValue": value}}


def as_token(document: dict, *, pair: Pair, method: str) -> str:
    """Return the document as a compact JWS of type ``vc+jwt`` (W3C VC-JOSE-COSE, EdDSA)."""
    headers = {"typ": "vc+jwt", "cty": "vc", "kid": method}
    return jwt.encode(document, pair.signer, algorithm="EdDSA", headers=headers)


def canonical(value) -> bytes:
    """Return the canonical form of JSON (RFC 8785) for ASCII keys and whole numbers.

    Raises:
        TypeError: there is a number with a fraction or a key beyond ASCII.

    """
    _require_plain(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _require_plain(value) -> None:
    if isinstance(value, float):
        raise TypeError("a number with a fraction has no canonical form here")
    if isinstance(value, dict):
        if not all(key.isascii() for key in value):
            raise TypeError("a key beyond ASCII sorts otherwise in the standard")
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            _require_plain(part)
