"""Who signs: the agency as Open Badges profile and controller of its keys."""

from credentials import addresses
from credentials.open_badge import CONTEXT
from credentials.open_badge import issuer as issuer_of
from credentials.signing.keys import jwk, multikey

CONTEXTS = [
    "https://www.w3.org/ns/did/v1",  # the terms of controller documents, wherever they are served
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
    CONTEXT[-1],
]


def profile(agency, keys) -> dict:
    """Return the controller document of an agency (W3C Controlled Identifiers 1.0).

    Every key of ``keys`` stands in it twice, retired ones too: as Multikey for embedded proofs,
    as JWK for tokens.
    """
    issuer = addresses.issuer(agency.slug)
    methods = []
    for key in keys:
        methods += [
            {
                "id": addresses.key(agency.slug, key.name),
                "type": "Multikey",
                "controller": issuer,
                "publicKeyMultibase": multikey(key.public_key),
            },
            {
                "id": addresses.web_key(agency.slug, key.name),
                "type": "JsonWebKey",
                "controller": issuer,
                "publicKeyJwk": _web_key(agency, key),
            },
        ]
    return {
        "@context": CONTEXTS,
        **issuer_of(agency.name, agency.slug),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set(agency, keys) -> dict:
    """Return the public keys as JSON Web Key Set; tokens name them by ``kid``."""
    return {"keys": [_web_key(agency, key) for key in keys]}


def _web_key(agency, key) -> dict:
    return jwk(key.public_key) | {
        "kid": addresses.web_key(agency.slug, key.name),
        "alg": "EdDSA",
        "use": "sig",
    }
