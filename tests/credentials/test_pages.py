"""Pages of certificates over HTTP: who sees what, and what each button does."""

import pytest

from credentials.models import Credential, Issuing, SigningKey
from gsp.audit.models import Look
from gsp.background.models import Job
from tests.credentials.certified import certified, equip, issued

NORTH = "/desk/north/agency/"
CENTRE = "/desk/north/skenderaj/"


@pytest.fixture
def made(cast):
    """A certificate."""
    with cast.scope():
        equip(cast.cohort.course)
        return issued(cast)[0]


@pytest.mark.parametrize(("who", "desk"), [("coordinator", CENTRE), ("officer", NORTH)])
def test_every_page_opens_for_centre_and_staff(client, cast, made, who, desk):
    client.force_login(getattr(cast, who).user)
    pages = {
        "credentials/": "Arta Krasniqi",
        f"credentials/{made.uid}/": "Bricklaying",
        f"credentials/{made.uid}/revoke/": "Revoke the certificate",
        f"credentials/{made.uid}/again/": "Issue the certificate again",
        f"enrolments/{made.enrolment.uid}/credential/": "Issue the certificate",
        f"cohorts/{cast.cohort.uid}/credentials/": "Issue all certificates",
        f"trainees/{made.person.uid}/?tab=training": "Certificates",
    }
    for path, word in pages.items():
        answer = client.get(desk + path)
        assert answer.status_code == 200, path
        assert word in answer.content.decode(), path


def test_an_auditor_reads_and_gets_no_buttons(client, cast, made):
    client.force_login(cast.auditor.user)
    text = client.get(f"{NORTH}credentials/{made.uid}/").content.decode()
    assert "Bricklaying" in text
    assert f"credentials/{made.uid}/revoke/" not in text
    assert client.get(f"{NORTH}credentials/{made.uid}/revoke/").status_code == 403
    assert client.get(f"{NORTH}signing-keys/").status_code == 403


def test_looks_and_downloads_are_noted(client, cast, made):
    client.force_login(cast.coordinator.user)
    client.get(f"{CENTRE}credentials/{made.uid}/")
    for file in ("pdf", "json", "jwt"):
        assert client.get(f"{CENTRE}credentials/{made.uid}/{file}/").status_code == 200
    with cast.scope():
        noted = Look.objects.filter(subject=made.person.uid).order_by("id")
        assert list(noted.values_list("kind", flat=True)) == ["look"] + ["export"] * 3


@pytest.mark.parametrize(
    ("file", "content_type", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-1."),
        ("json", "application/vc", b'{"@context"'),
        ("jwt", "application/vc+jwt", b"eyJ"),
    ],
)
def test_files(client, cast, made, file, content_type, begins):
    client.force_login(cast.officer.user)
    answer = client.get(f"{NORTH}credentials/{made.uid}/{file}/?language=sq")
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith('attachment; filename="certificate-A1')
    assert answer.content.startswith(begins)


def test_issue_from_the_page_of_a_trainee(client, cast):
    with cast.scope():
        enrolment = certified(cast)
    client.force_login(cast.coordinator.user)
    address = f"{CENTRE}enrolments/{enrolment.uid}/credential/"
    answer = client.post(address, {"valid_until": "2031-11-21"})
    with cast.scope():
        made = Credential.objects.get()
    assert answer["Location"] == f"{CENTRE}credentials/{made.uid}/"
    assert made.valid_until.isoformat() == "2031-11-21"
    again = client.post(address, {})
    assert again.status_code == 200
    assert "has a certificate of this course" in again.content.decode()


def test_revoke_and_issue_again(client, cast, made):
    client.force_login(cast.officer.user)
    answer = client.post(f"{NORTH}credentials/{made.uid}/again/", {})
    with cast.scope():
        new = Credential.objects.get(state="issued")
    assert answer["Location"] == f"{NORTH}credentials/{new.uid}/"
    sent = {"reason": "holder", "note": "By letter."}
    client.post(f"{NORTH}credentials/{new.uid}/revoke/", sent)
    text = client.get(f"{NORTH}credentials/{new.uid}/").content.decode()
    assert "At the holder&#x27;s wish" in text
    assert "By letter." in text
    with cast.scope():
        assert sorted(Credential.objects.values_list("state", flat=True)) == [
            "revoked",
            "superseded",
        ]


def test_a_cohort_is_ordered_and_shows_progress(client, cast):
    with cast.scope():
        for number in range(3):
            certified(cast, f"A{number}")
    client.force_login(cast.coordinator.user)
    address = f"{CENTRE}cohorts/{cast.cohort.uid}/credentials/"
    assert client.post(address, {})["Location"] == address
    text = client.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "0 / 3" in text
    with cast.scope():
        assert (Issuing.objects.get().total, Job.objects.count()) == (3, 1)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="progress"')


def test_an_order_for_nobody_says_why(client, cast):
    client.force_login(cast.officer.user)
    answer = client.post(f"{NORTH}cohorts/{cast.cohort.uid}/credentials/", {})
    assert answer.status_code == 200
    with cast.scope():
        assert Issuing.objects.count() == 0


def test_the_director_rotates_keys(client, cast, made):
    client.force_login(cast.director.user)
    answer = client.post(f"{NORTH}signing-keys/", follow=True)
    text = answer.content.decode()
    with cast.scope():
        old, new = SigningKey.objects.order_by("id")
    assert old.retired_at is not None
    assert new.retired_at is None
    assert old.name in text
    assert new.name in text
    assert "private" not in text.lower().replace("its private half is destroyed", "")


def test_an_erased_certificate_still_has_a_page_and_no_files(client, cast, made):
    from credentials.actions import credentials
    from tests.credentials.certified import AT

    with cast.scope():
        credentials.erase(made.person, by=cast.director, at=AT)
    client.force_login(cast.officer.user)
    assert client.get(f"{NORTH}credentials/{made.uid}/").status_code == 200
    for file in ("pdf", "json", "jwt"):
        assert client.get(f"{NORTH}credentials/{made.uid}/{file}/").status_code == 410
