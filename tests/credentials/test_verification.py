"""What we sign, others verify: proofs, tokens, revocation, rotated keys, tampering."""

import json

import pytest
from joserfc.errors import BadSignatureError, JoseError

from credentials.actions import credentials, keys
from tests.credentials.certified import AT, equip, issued
from tests.credentials.independent import read_token, verify

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")


@pytest.fixture
def made(cast):
    """A certificate and what is sealed of it."""
    with cast.scope():
        equip(cast.cohort.course)
        return issued(cast, given_name="Arta", family_name="Çelaj-Ñandú")


def test_another_library_verifies_the_proof_and_the_status(client, made):
    found = verify(client, json.loads(made[1].document))
    assert found == {"verified": True, "revoked": False, "errors": []}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda vc: vc["credentialSubject"]["identifier"][0].update(identityHash="Somebody Else"),
        lambda vc: vc["credentialSubject"]["achievement"].update(name="Surgery"),
        lambda vc: vc.update(validFrom="2020-01-01T00:00:00Z"),
        lambda vc: vc["credentialStatus"].update(statusListIndex="1"),
        lambda vc: vc["proof"].update(created="2026-11-22T09:30:01Z"),
    ],
)
def test_another_library_finds_what_was_changed(client, made, tamper):
    credential = json.loads(made[1].document)
    tamper(credential)
    found = verify(client, credential)
    assert found["verified"] is False
    assert "Invalid signature." in found["errors"]


def test_another_library_sees_a_revocation_at_once(client, cast, made):
    credential, sealed = made
    with cast.scope():
        credentials.revoke(credential, "mistake", by=cast.coordinator, at=AT)
    found = verify(client, json.loads(sealed.document))
    assert found == {"verified": True, "revoked": True, "errors": []}


def test_others_stay_valid_when_one_is_revoked(client, cast, made):
    with cast.scope():
        other, _sealed = issued(cast, reference="A2")
        credentials.revoke(other, "mistake", by=cast.coordinator, at=AT)
    found = verify(client, json.loads(made[1].document))
    assert found == {"verified": True, "revoked": False, "errors": []}


def test_what_a_retired_key_signed_still_verifies(client, cast, made):
    with cast.scope():
        keys.rotate(by=cast.director, at=AT)
        later = issued(cast, reference="A2")
        used = {made[0].key.name, later[0].key.name}
    assert len(used) == 2
    for _credential, sealed in (made, later):
        assert verify(client, json.loads(sealed.document))["verified"] is True
        assert read_token(client, sealed.token)["id"] == json.loads(sealed.document)["id"]


def test_token_says_what_the_document_says(client, made):
    document = json.loads(made[1].document)
    proof = document.pop("proof")
    assert proof["cryptosuite"] == "eddsa-jcs-2022"
    assert read_token(client, made[1].token) == document


def test_a_changed_token_is_found(client, made):
    head, body, signature = made[1].token.split(".")
    with pytest.raises(BadSignatureError):
        read_token(client, f"{head}.{body[:-2]}AA.{signature}")


def test_keys_of_another_agency_do_not_verify(client, cast, made):
    from gsp.tenancy.scope import scope

    with scope(cast.south):
        keys.rotate(by=cast.outsider, at=AT)
    with pytest.raises(JoseError):
        read_token(client, made[1].token, agency="south")


def test_credential_says_what_was_certified_in_open_terms(cast, made):
    document = json.loads(made[1].document)
    where = "https://skills.example.org/public/north/credentials/"
    subject = document["credentialSubject"]
    course = cast.cohort.course
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["id"] == f"{where}{made[1].code}/"
    assert document["issuer"] == {"id": f"{where}issuer/", "type": ["Profile"], "name": "North"}
    assert document["validFrom"] == "2026-11-22T00:00:00Z"
    assert "validUntil" not in document
    assert subject["identifier"][0]["identityHash"] == "Arta Çelaj-Ñandú"
    assert subject["source"]["name"] == "Skenderaj"
    achievement = subject["achievement"]
    assert achievement["id"] == f"urn:uuid:{course.uid}"
    assert achievement["EQFLevel"] == "http://data.europa.eu/snb/eqf/4"
    assert achievement["volumeOfLearning"] == "PT1600H"
    assert achievement["criteria"] == {"narrative": "- Masonry (900 h)"}
    skills = [one for one in achievement["alignment"] if one.get("targetFramework") == "ESCO"]
    assert [(one["targetUrl"], one["targetCode"]) for one in skills] == [
        ("http://data.europa.eu/esco/skill/test-lay-bricks", "3/4"),
        ("http://data.europa.eu/esco/skill/test-mix-mortar", "3/4"),
    ]
    status = document["credentialStatus"]
    assert status["statusListCredential"] == f"{where}status/1/"
    assert status["statusListIndex"] == str(made[0].status_index)
