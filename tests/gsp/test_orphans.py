"""Files that no row names go after a day; one that a row names never goes."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models, transaction

from gsp import orphans, vault
from gsp.tenancy.scope import scope
from gsp.uploads.actions.receive import receive
from gsp.uploads.models import Upload, UploadPart
from gsp.uploads.tasks import sweep_vault
from tests.trainees.lists import ARTA, HEADER
from tests.uploads.files import csv

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
OLD = NOW - timedelta(hours=25)
CONTENT = csv(HEADER, ARTA)
OURS = tuple(config.name for config in apps.get_app_configs() if ".venv" not in str(config.path))


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.VAULT_DIR = tmp_path / "vault"


def written(name: str, at: datetime) -> str:
    """Let a stored file have been written at a moment."""
    os.utime(vault._path(name), (at.timestamp(), at.timestamp()))
    return name


def stored(at: datetime = OLD) -> str:
    return written(vault.put(b"content").name, at)


def send(cast):
    facts = {"file": CONTENT, "file_name": "list.csv", "by": cast.coordinator, "at": NOW}
    return receive("cohort", cast.cohort, **facts)


def test_columns_that_name_files_are_known():
    found = [(model._meta.label, column) for model, column in orphans.naming()]
    assert found == [
        ("cases.Document", "file"),
        ("uploads.Upload", "annotated"),
        ("uploads.Upload", "stored"),
        ("uploads.UploadPart", "stored"),
    ]


def test_no_column_as_long_as_a_name_is_forgotten():
    length = len(vault.put(b"").name)
    found = {
        (model, field.name)
        for model in apps.get_models()
        if not model._meta.label.endswith("Event") and model.__module__.startswith(OURS)
        for field in model._meta.local_concrete_fields
        if type(field) is models.CharField and field.max_length == length
    }
    assert found == set(orphans.naming())


def test_only_what_no_row_names_goes_and_only_after_a_day(cast):
    forgotten, young = stored(), stored(NOW - timedelta(hours=23))
    with cast.scope(cast.coordinator):
        upload = send(cast)
        upload.annotated = stored()
        upload.save()
        part = UploadPart.objects.create(
            upload=upload, organisation=cast.centre, offset=0, size=7, stored=stored()
        )
        written(upload.stored, OLD)
    named = {upload.stored, upload.annotated, part.stored}
    assert orphans.sweep(now=NOW) == 1
    assert set(vault.names()) == {*named, young}
    assert forgotten not in named
    assert orphans.sweep(now=NOW) == 0


def test_file_of_a_transaction_that_failed_goes(cast):
    with pytest.raises(ZeroDivisionError), cast.scope(cast.coordinator), transaction.atomic():
        send(cast)
        raise ZeroDivisionError
    (left,) = vault.names()
    written(left, OLD)
    with cast.scope():
        assert Upload.objects.count() == 0
    assert orphans.sweep(now=NOW) == 1
    assert list(vault.names()) == []


def test_rows_of_every_agency_count(cast):
    with scope(cast.south):
        centre = type(cast.centre).objects.create(
            kind="training_centre", name="South", slug="south-centre", country_id="XK"
        )
        row = Upload.objects.create(
            organisation=centre, kind="cohort", file_name="a", received_at=NOW, stored=stored()
        )
    assert orphans.sweep(now=NOW) == 0
    assert list(vault.names()) == [row.stored]


def test_agency_that_cannot_be_read_stops_the_sweep(cast, monkeypatch):
    name = stored()
    monkeypatch.setattr(orphans, "naming", lambda: [(Upload, "no_such_column")])
    with pytest.raises(Exception, match="no_such_column"):
        orphans.sweep(now=NOW)
    assert list(vault.names()) == [name]


def test_nothing_goes_where_most_files_seem_to_be_orphans(cast, caplog, monkeypatch):
    monkeypatch.setattr(orphans, "FEW", 2)
    names = {stored() for _ in range(3)}
    assert orphans.sweep(now=NOW) == 0
    assert set(vault.names()) == names
    assert "3 of 3 files in the vault have no row" in caplog.text


def test_what_a_dead_process_began_to_write_goes(cast):
    begun = vault._path(stored()).with_suffix(".partial")
    begun.write_bytes(b"half")
    os.utime(begun, (NOW.timestamp(), NOW.timestamp()))
    orphans.sweep(now=NOW)
    assert begun.exists()
    orphans.sweep(now=NOW + timedelta(hours=25))
    assert not begun.exists()


def test_clock_starts_it(cast):
    stored(datetime.now(UTC) - timedelta(hours=25))
    assert (sweep_vault(), list(vault.names())) == (1, [])
