"""Signatures and bit strings, against values of the standards themselves."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from credentials.signing import bits, keys, proofs

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_thumbprint_is_that_of_rfc_8037():
    public = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert keys.thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_multikey_is_that_of_data_integrity_eddsa():
    # W3C Data Integrity EdDSA Cryptosuites, appendix B, key pair of the test vectors
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    raw = keys.from_base64url(_jwk_of(text))
    assert keys.multikey(keys.base64url(raw)) == text


def _jwk_of(multibase):
    number = 0
    for letter in multibase[1:]:
        number = number * 58 + keys.BASE58.index(letter)
    return keys.base64url(number.to_bytes(34)[2:])


def test_base58_keeps_leading_zeros():
    assert keys.base58(b"\0\0Hello World!") == "112NEpo7TZRRrLZSi2U"


def test_canonical_form_is_that_of_rfc_8785():
    value = {"b": [1, True, None, "€\u000f\n'\\\"/"], "a": {"z": "ё", "c": -7}}
    written = '{"a":{"c":-7,"z":"ё"},"b":[1,true,null,"€\\u000f\\n\'\\\\\\"/"]}'
    assert proofs.canonical(value).decode() == written


@pytest.mark.parametrize("value", [{"a": 0.5}, {"a": [{"ё": 1}]}])
def test_what_has_no_canonical_form_here_is_refused(value):
    with pytest.raises(TypeError):
        proofs.canonical(value)


def test_first_bit_of_a_list_is_the_highest_of_the_first_byte():
    text = bits.encoded([0, 9, 131_071], length=131_072)
    raw = gzip.decompress(keys.from_base64url(text.removeprefix("u")))
    assert text[0] == "u"
    assert len(raw) == 16_384
    assert (raw[0], raw[1], raw[-1], sum(raw)) == (0x80, 0x40, 0x01, 0x80 + 0x40 + 0x01)


# RFC 9864 prefers the name Ed25519; wallets of today know EdDSA, as VC-JOSE-COSE names it.
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_token_says_what_it_is_and_which_key_signed():
    pair = keys.generate()
    token = proofs.as_token({"a": "é"}, pair=pair, method="https://e.org/issuer#k")
    checked = jws.deserialize_compact(
        token, OKPKey.import_key(keys.jwk(pair.public)), algorithms=["EdDSA"]
    )
    assert checked.headers() == {
        "alg": "EdDSA",
        "typ": "vc+jwt",
        "cty": "vc",
        "kid": "https://e.org/issuer#k",
    }
    assert json.loads(checked.payload) == {"a": "é"}


def test_proof_names_moment_key_and_purpose():
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:x"}
    signed = proofs.with_proof(document, pair=keys.generate(), method="https://e.org/i#k", at=AT)
    value = signed["proof"].pop("proofValue")
    assert signed["proof"] == {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2026-11-22T09:30:00Z",
        "verificationMethod": "https://e.org/i#k",
        "proofPurpose": "assertionMethod",
    }
    assert value.startswith("z")
