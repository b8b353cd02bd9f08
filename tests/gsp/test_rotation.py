"""Keys rotate: every sealed value of every table and file, audit included, also after a kill."""

import io
from collections import Counter

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from gsp import blind_index, encryption, rotation, sealed, vault
from gsp.uploads.models import Upload
from gsp.uploads.models.staging import UploadChunk
from tests import builders as a
from tests.database import as_owner
from tests.faults.committed import catalogue_afterwards, committed, stage
from trainees.duplicates.index import index
from trainees.models import Fingerprint, Person

__all__ = ["catalogue_afterwards", "committed", "stage"]
NEW = "bmV3LWtleS1mb3ItdGhlLXJvdGF0aW9uLXRlc3RzLSE="
LOST = "YS1rZXktdGhhdC1uZXZlci13cm90ZS1hbnl0aGluZyE="
FACTS = ("given_name", "family_name", "birth_date", "phone")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAULT_DIR = tmp_path
    return tmp_path


@pytest.fixture
def people(stage):
    """Three persons, one of them changed once and one written by Fernet."""
    with stage.scope():
        made = [a.person(stage.centre, f"A{n}", phone="+38344111222") for n in range(3)]
        made[0].phone = "+38344999888"
        made[0].save()
        index(made)
    return stage


def sealed_elsewhere(cast):
    """Seal something in a staged list, a second factor and a file; return how to read each."""
    with cast.scope():
        upload = Upload.objects.create(
            organisation=cast.centre,
            kind="cohort",
            file_name="list.csv",
            sha256="0" * 64,
            sent_by="Ada",
            received_at="2026-11-22T08:00Z",
        )
        chunk = UploadChunk(upload=upload, organisation=cast.centre, number=0)
        chunk.payload = encryption.seal(b"rows", bound_to=chunk.bound_to)
        chunk.save()
    secret = {"secret": encryption.seal_text("SECRET")}
    kind = Authenticator.Type.TOTP
    factor = Authenticator.objects.create(user=cast.officer.user, type=kind, data=secret)
    stored = vault.put(b"x" * 1_500_000)

    def read():
        factor.refresh_from_db()
        with cast.scope():
            chunk.refresh_from_db()
            rows = encryption.unseal(bytes(chunk.payload), bound_to=chunk.bound_to)
        secret = encryption.unseal_text(factor.data["secret"])
        return rows, secret, vault.content_of(stored.name) == b"x" * 1_500_000

    return read


def facts(cast):
    """What is known of everybody now, and in the audit trail."""
    with cast.scope():
        events = apps.get_model("trainees.PersonEvent").objects.order_by("pgh_id")
        return (
            list(Person.objects.order_by("id").values_list(*FACTS)),
            list(events.values_list(*FACTS)),
        )


def rotate(*options) -> str:
    out = io.StringIO()
    with as_owner():
        call_command("rotate_keys", *options, stdout=out)
    return out.getvalue()


def test_everything_is_written_under_the_new_key_and_says_the_same(people, settings):
    read = sealed_elsewhere(people)
    old_fernet = Fernet(settings.ENCRYPTION_KEYS[0])
    with people.scope(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trainees_person SET given_name = %s WHERE reference = 'A1'",
            [old_fernet.encrypt(b"Besa").decode()],
        )
    before = facts(people)
    assert (len(before[0]), len(before[1]), before[0][1][0]) == (3, 5, "Besa")
    settings.ENCRYPTION_KEYS = [NEW, *settings.ENCRYPTION_KEYS]
    settings.BLIND_INDEX_KEYS = [NEW, *settings.BLIND_INDEX_KEYS]

    counted = rotate("--check")
    assert counted == rotate("--check")
    assert "now: key 1 opens 0 values\n" in counted
    assert "  trainees.Person.given_name: 3 not under the first key\n" in counted
    assert "  trainees.PersonEvent.phone: 5 not under the first key\n" in counted
    assert "  files: 1 not under the first key\n" in counted

    said = rotate()
    assert "after: key 2 opens 0 values\nafter: no key opens 0 values\n" in said
    assert "3 persons have new search tokens\n" in said
    settings.ENCRYPTION_KEYS = [NEW]
    settings.BLIND_INDEX_KEYS = [NEW]
    assert facts(people) == before
    assert read() == (b"rows", "SECRET", True)
    with people.scope():
        marks = set(Fingerprint.objects.values_list("key_mark", flat=True))
        assert marks == {blind_index.mark_of(NEW)}
        assert index(Person.objects.all()) == 0


def test_a_rotation_killed_in_between_goes_on_where_it_stopped(people, settings, monkeypatch):
    before = facts(people)
    monkeypatch.setattr(rotation, "BATCH", 1)
    settings.ENCRYPTION_KEYS = [NEW, *settings.ENCRYPTION_KEYS]
    new, old = encryption.marks()
    column = next(one for one in sealed.columns() if str(one) == "trainees.Person.given_name")
    told = []

    def killed_after_two(number):
        told.append(number)
        if sum(told) == 2:
            raise KeyboardInterrupt

    with as_owner():
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate(column, killed_after_two)
        assert sealed.counts(column) == Counter({new: 2, old: 1})
        assert facts(people) == before
        assert rotation.rotate(column) == 1
        assert sealed.counts(column) == Counter({new: 3})
        assert facts(people) == before


def test_what_cannot_be_finished_is_not_begun(people, settings):
    old = list(settings.ENCRYPTION_KEYS)
    before = facts(people)
    settings.ENCRYPTION_KEYS = [NEW, *old]
    with pytest.raises(CommandError, match="as the owner of the tables"):
        call_command("rotate_keys", stdout=io.StringIO())
    settings.ENCRYPTION_KEYS = [*old, NEW]
    with pytest.raises(CommandError, match="put it first in ENCRYPTION_KEYS"):
        rotate()
    settings.ENCRYPTION_KEYS = [NEW, LOST]
    with pytest.raises(CommandError, match="values open under none of the keys"):
        rotate()
    settings.ENCRYPTION_KEYS = old
    assert facts(people) == before


def test_every_encrypted_column_is_found():
    assert {
        "trainees.Person.document_number",
        "trainees.PersonEvent.document_number",
        "trainees.Merge.kept",
        "uploads.UploadChunk.payload",
        "mfa.Authenticator.data",
    } <= {str(column) for column in sealed.columns()}


def test_a_stored_file_lies_under_the_key_that_wrote_it(settings):
    stored = vault.put(b"passport")
    first = encryption.marks()[0]
    assert (list(vault.names()), vault.writer_of(stored.name)) == ([stored.name], first)
    settings.ENCRYPTION_KEYS = [NEW, *settings.ENCRYPTION_KEYS]
    assert rotation.rotate_vault() == 1
    assert vault.writer_of(stored.name) == encryption.marks()[0] != first
    assert rotation.rotate_vault() == 0
    settings.ENCRYPTION_KEYS = [NEW]
    assert vault.content_of(stored.name) == b"passport"
