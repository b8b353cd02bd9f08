"""Certificates: issued, issued again, revoked, erased; who may; what is refused."""

from datetime import date

import pytest

from credentials.actions import credentials, keys
from credentials.models import Credential, SealedCredential, SigningKey
from gsp.workflow import NotAllowed, Refused
from tests.credentials.certified import AT, certified, equip, issued
from trainees.models import CaseEvent, Enrolment

TODAY = date(2026, 11, 22)


def refused(code, action, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_a_certificate_freezes_what_was_true_that_day(cast):
    with cast.scope(cast.coordinator):
        equip(cast.cohort.course)
        made, sealed = issued(cast)
        assert made.statement == {
            "version": 1,
            "agency": {"name": "North", "address": "north"},
            "centre": {"uid": str(cast.centre.uid), "name": "Skenderaj", "country": "XK"},
            "course": {
                "uid": str(cast.cohort.course.uid),
                "code": "BRICK",
                "title": "Bricklaying",
                "language": "en",
                "eqf": 4,
                "hours": 1600,
                "occupation": made.statement["course"]["occupation"],
            },
            "cohort": "C1",
            "partnership": "Builders",
            "trained": ["2026-01-01", "2026-12-31"],
            "certified_on": "2026-11-01",
            "modules": [{"title": "Masonry", "kind": "technical", "hours": 900}],
            "skills": [
                {
                    "uri": f"http://data.europa.eu/esco/skill/test-{title.replace(' ', '-')}",
                    "title": title,
                    "level": 3,
                }
                for title in ("lay bricks", "mix mortar")
            ],
            "is_demonstration": False,
        }
        assert made.statement["course"]["occupation"]["isco"] == "7112"
        assert (made.state, made.issued_on, made.valid_until) == ("issued", TODAY, None)
        assert sealed.holder_name == "Arta Krasniqi"


def test_the_timeline_is_told_once(cast):
    with cast.scope(cast.coordinator):
        made, _sealed = issued(cast)
        event = CaseEvent.objects.get(person=made.person, kind="credential")
        assert event.text == "Certificate issued: Bricklaying"
        assert event.subject == made.uid


def test_only_certified_trainees_get_one(cast):
    with cast.scope():
        enrolment = certified(cast)
        Enrolment.objects.filter(pk=enrolment.pk).update(state="in_training")
        enrolment.refresh_from_db()
        refused("not_certified", credentials.issue, enrolment, by=cast.officer, at=AT)
        assert Credential.objects.count() == 0


def test_one_certificate_stands_at_a_time(cast):
    with cast.scope():
        made, _sealed = issued(cast)
        refused("issued_already", credentials.issue, made.enrolment, by=cast.officer, at=AT)
        assert Credential.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "family", "code"),
    [("প্রিয়া", "দাস", "letters_unknown"), ("", "", "no_name")],
)
def test_a_name_that_cannot_be_printed_is_refused(cast, given, family, code):
    with cast.scope():
        enrolment = certified(cast, given_name=given, family_name=family)
        error = refused(code, credentials.issue, enrolment, by=cast.officer, at=AT)
        assert error.field == "enrolment"
        assert Credential.objects.count() == 0


def test_a_certificate_cannot_have_expired(cast):
    with cast.scope():
        enrolment = certified(cast)
        until = date(2026, 11, 21)
        act = credentials.issue
        error = refused(
            "expired_already", act, enrolment, by=cast.officer, at=AT, valid_until=until
        )
        assert error.field == "valid_until"
        assert Credential.objects.count() == 0


@pytest.mark.parametrize("who", ["auditor", "recruiter", "rival_coordinator"])
def test_others_may_neither_issue_nor_revoke(cast, who):
    member = getattr(cast, who)
    with cast.scope():
        made, _sealed = issued(cast)
        waits = certified(cast, "A2")
        with pytest.raises(NotAllowed):
            credentials.issue(waits, by=member, at=AT)
        with pytest.raises(NotAllowed):
            credentials.issue_again(made, by=member, at=AT)
        with pytest.raises(NotAllowed):
            credentials.revoke(made, "mistake", by=member, at=AT)
        made.refresh_from_db()
        assert (made.state, Credential.objects.count()) == ("issued", 1)


def test_issued_again_says_what_is_true_now_and_ends_the_old_one(cast):
    with cast.scope(cast.coordinator):
        old, sealed = issued(cast)
        old.person.family_name = "Krasniqi-Berisha"
        old.person.save()
        until = date(2031, 11, 21)
        new = credentials.issue_again(old, by=cast.coordinator, at=AT, valid_until=until)
        old.refresh_from_db()
        assert (old.state, old.end_reason, old.ended_on) == ("superseded", "corrected", TODAY)
        assert (new.state, new.replaces_id, new.valid_until) == ("issued", old.pk, until)
        assert new.sealed.get().holder_name == "Arta Krasniqi-Berisha"
        assert new.sealed.get().code != sealed.code
        assert new.status_index != old.status_index
        refused("no_such_move", credentials.issue_again, old, by=cast.coordinator, at=AT)
        assert Credential.objects.count() == 2


def test_revoked_with_reason_and_note(cast):
    with cast.scope(cast.coordinator):
        made, _sealed = issued(cast)
        credentials.revoke(made, "holder", by=cast.coordinator, at=AT, note=" Asked by phone. ")
        made.refresh_from_db()
        assert (made.state, made.end_reason, made.ended_on) == ("revoked", "holder", TODAY)
        assert made.note == "Asked by phone."
        refused("no_such_move", credentials.revoke, made, "holder", by=cast.coordinator, at=AT)


@pytest.mark.parametrize("reason", ["", "erased", "corrected", "whim"])
def test_only_the_listed_reasons_revoke(cast, reason):
    with cast.scope():
        made, _sealed = issued(cast)
        refused("unknown_reason", credentials.revoke, made, reason, by=cast.officer, at=AT)
        made.refresh_from_db()
        assert made.state == "issued"


def test_erasure_ends_the_certificate_and_keeps_the_count(cast):
    with cast.scope():
        made, sealed = issued(cast)
        other, _other_sealed = issued(cast, reference="A2")
        assert credentials.erase(made.person, by=cast.director, at=AT) == 1
        made.refresh_from_db()
        sealed.refresh_from_db()
        assert (made.state, made.end_reason) == ("revoked", "erased")
        assert [getattr(sealed, name) for name in SealedCredential.erased_fields] == [""] * 4
        other.refresh_from_db()
        assert other.state == "issued"
        assert Credential.objects.count() == 2


def test_what_identifies_the_holder_lies_encrypted(cast):
    from django.db import connection

    with cast.scope():
        made, sealed = issued(cast)
        with connection.cursor() as cursor:
            for table in ("sealedcredential", "credential", "credentialevent"):
                cursor.execute(f"SELECT row_to_json(t)::text FROM credentials_{table} t")
                rows = " ".join(text for (text,) in cursor.fetchall())
                assert str(made.pk) in rows
                for secret in ("Krasniqi", sealed.code, sealed.token.split(".")[1]):
                    assert secret not in rows, table


def test_rotation_retires_the_key_and_destroys_its_private_half(cast):
    with cast.scope():
        made, _sealed = issued(cast)
        new = keys.rotate(by=cast.director, at=AT)
        old = SigningKey.objects.get(pk=made.key_id)
        assert (old.retired_at, old.private_key) == (AT, "")
        assert len(old.public_key) == 43
        assert (new.retired_at, new.made_by) == (None, cast.director.user.name)
        assert list(SigningKey.objects.in_force()) == [new]


@pytest.mark.parametrize("who", ["officer", "coordinator"])
def test_only_directors_rotate(cast, who):
    with cast.scope():
        issued(cast)
        with pytest.raises(NotAllowed):
            keys.rotate(by=getattr(cast, who), at=AT)
        assert SigningKey.objects.get().retired_at is None


def test_a_centre_cannot_read_keys(cast):
    with cast.scope(cast.coordinator):
        issued(cast)
        assert SigningKey.objects.count() == 0
    with cast.scope():
        assert SigningKey.objects.count() == 1


def test_a_full_list_goes_on_to_the_next(cast, monkeypatch):
    monkeypatch.setattr(credentials, "FULL", 2)
    with cast.scope():
        made = [issued(cast, reference=f"A{number}")[0] for number in range(3)]
        assert [one.status_list for one in made] == [1, 1, 2]
