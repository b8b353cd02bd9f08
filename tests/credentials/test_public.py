"""What anybody learns without an account, and what nobody does."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from credentials import codes
from credentials.actions import credentials, keys
from credentials.models import Check, Credential
from gsp.tenancy.scope import scope
from tests.credentials.certified import AT, issued

PUBLIC = "/public/north/credentials/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def made(cast):
    """A certificate and what is sealed of it."""
    with cast.scope():
        return issued(cast, reference="reference/77")


def page(client, code, **sent):
    answer = client.get(f"{PUBLIC}{code}/", **sent)
    return answer, answer.content.decode()


def test_a_valid_certificate_shows_holder_course_and_issuer(client, made):
    answer, text = page(client, made[1].code)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    for word in (
        "This certificate is valid.",
        "Arta Krasniqi",
        "Bricklaying",
        "Skenderaj",
        "North",
    ):
        assert word in text, word
    assert codes.grouped(made[1].code) in text
    for secret in ("2000-05-17", made[0].person.reference, str(made[0].person.uid)):
        assert secret not in text


def test_small_letters_and_groups_are_forgiven(client, made):
    answer, text = page(client, codes.grouped(made[1].code).lower())
    assert (answer.status_code, "This certificate is valid." in text) == (200, True)


def test_a_revoked_one_says_so_at_once_and_shows_no_name(client, cast, made):
    with cast.scope():
        credentials.revoke(made[0], "mistake", by=cast.officer, at=AT, note="Wrong person.")
    answer, text = page(client, made[1].code)
    assert answer.status_code == 200
    assert "not valid any more" in text
    assert "Issued by mistake" in text
    assert "22 Nov 2026" in text
    assert "Bricklaying" in text
    for secret in ("Krasniqi", "Wrong person."):
        assert secret not in text


def test_an_expired_one_says_so(client, cast, made):
    with cast.scope():
        Credential.objects.update(issued_on=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    answer, text = page(client, made[1].code)
    assert (answer.status_code, "This certificate has expired." in text) == (200, True)
    assert client.get(f"{PUBLIC}{made[1].code}/", headers=JSON).json()["standing"] == "expired"


def test_an_erased_one_leaves_nothing_of_the_holder(client, cast, made):
    with cast.scope():
        credentials.erase(made[0].person, by=cast.director, at=AT)
    _answer, text = page(client, made[1].code)
    assert "The holder&#x27;s data was erased" in text
    assert "Krasniqi" not in text
    gone = client.get(f"{PUBLIC}{made[1].code}/", headers={"Accept": "application/vc"})
    assert (gone.status_code, gone.content) == (410, b"")


@pytest.mark.parametrize("code", ["0" * 28, "nonsense", "x" * 500])
def test_an_unknown_code_is_not_found(client, made, code):
    answer, text = page(client, code)
    assert (answer.status_code, "no certificate with this code" in text) == (404, True)
    told = client.get(f"{PUBLIC}{code}/", headers=JSON)
    assert (told.status_code, told.json()["standing"]) == (404, "unknown")


def test_another_agency_does_not_know_the_code(client, made):
    assert client.get(f"/public/south/credentials/{made[1].code}/").status_code == 404
    assert client.get(f"/public/nowhere/credentials/{made[1].code}/").status_code == 404


def test_json_says_the_same(client, made):
    answer = client.get(f"{PUBLIC}{made[1].code}/", headers=JSON)
    told = answer.json()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert told["credential"]["id"].endswith(f"{made[1].code}/")
    told.pop("credential")
    told.pop("checked_at")
    assert told == {
        "standing": "valid",
        "course": "Bricklaying",
        "issuer": "North",
        "centre": "Skenderaj",
        "issued_on": "2026-11-22",
        "valid_until": None,
        "demonstration": False,
        "holder": "Arta Krasniqi",
        "issuer_profile": "https://skills.example.org/public/north/credentials/issuer/",
    }


@pytest.mark.parametrize(
    ("accept", "field"), [("application/vc", "document"), ("application/vc+jwt", "token")]
)
def test_the_signed_credential_lies_at_its_own_address(client, cast, made, accept, field):
    address = f"{PUBLIC}{made[1].code}/"
    answer = client.get(address, headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, accept)
    assert answer.content.decode() == getattr(made[1], field)
    with cast.scope():
        credentials.revoke(made[0], "holder", by=cast.officer, at=AT)
    assert client.get(address, headers={"Accept": accept}).status_code == 410


def test_checks_are_counted_by_day_and_name_nobody(client, cast, made):
    for _again in range(3):
        page(client, made[1].code)
    page(client, "0" * 28)
    with cast.scope():
        counted = Check.objects.get()
        assert (counted.credential_id, counted.times) == (made[0].pk, 3)
        assert counted.day == timezone.now().date()
    named = {field.name for field in Check._meta.get_fields()}
    assert named == {"id", "tenant", "uid", "credential", "centre", "day", "times"}


def test_a_typed_code_leads_to_its_page(client, made):
    answer = client.get(PUBLIC, {"code": codes.grouped(made[1].code)})
    assert answer["Location"] == f"{PUBLIC}{made[1].code}/"
    wrong = client.get(PUBLIC, {"code": "<script>"})
    assert wrong.status_code == 200
    assert "This is not a code of a certificate." in wrong.content.decode()
    assert "<script>" not in wrong.content.decode().split("<form", 1)[1]


def test_all_keys_stay_published(client, cast, made):
    with cast.scope():
        keys.rotate(by=cast.director, at=datetime(2026, 12, 1, tzinfo=UTC))
    issuer = client.get(f"{PUBLIC}issuer/").json()
    published = client.get(f"{PUBLIC}issuer/jwks.json").json()["keys"]
    assert issuer["id"] == "https://skills.example.org/public/north/credentials/issuer/"
    assert [method["type"] for method in issuer["verificationMethod"]] == [
        "Multikey",
        "JsonWebKey",
    ] * 2
    assert issuer["assertionMethod"] == [one["id"] for one in issuer["verificationMethod"]]
    assert [one["x"] for one in published] == [
        one["publicKeyJwk"]["x"] for one in issuer["verificationMethod"][1::2]
    ]
    assert made[0].key.public_key == published[1]["x"]
    assert "private" not in str(issuer) + str(published)
    assert not any("d" in one for one in published)


def test_lists_exist_only_where_certificates_do(client, cast, made):
    answer = client.get(f"{PUBLIC}status/1/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc")
    for path in ("status/2/", "status/99999999999999999999/"):
        assert client.get(PUBLIC + path).status_code == 404, path
    assert client.get("/public/south/credentials/status/1/").status_code == 404


def test_the_page_reads_from_the_right_in_arabic(client, made):
    _answer, text = page(client, made[1].code, query_params={"language": "ar"})
    assert '<html lang="ar" dir="rtl"' in text


def test_the_page_costs_a_constant_number_of_queries(client, cast, made, count_queries):
    page(client, made[1].code)
    before = count_queries(lambda: page(client, made[1].code))
    with scope(cast.north):
        for number in range(3):
            issued(cast, reference=f"B{number}")
    assert count_queries(lambda: page(client, made[1].code)) == before
    assert before <= 14
