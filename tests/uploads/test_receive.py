"""A file is applied as a whole or not at all, and recorded in both cases."""

from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection

from gsp.uploads.models import Upload
from gsp.uploads.receive import KEPT_ERRORS, Counts, Purpose, receive
from gsp.uploads.rows import RowError, RowsRefused
from partnerships.models import Organisation
from tests import builders as a
from tests.uploads.files import csv

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def send(cast, apply, content=None, name="C:/lists/list.csv"):
    content = csv("reference", "A1", "A2") if content is None else content
    purpose = Purpose("cohort", cast.centre, cast.cohort.uid, "C1")
    return receive(
        purpose, file_name=name, content=content, apply=apply, by=cast.coordinator, at=NOW
    )


def test_applied_file_is_recorded_with_its_counts(cast):
    with cast.scope(cast.coordinator):
        record = send(cast, lambda sheet: Counts(created=len(sheet.rows), unchanged=3))
        assert list(Upload.objects.all()) == [record]
    assert (record.state, record.rows, record.errors) == ("applied", 2, [])
    assert (record.created, record.updated, record.unchanged) == (2, 0, 3)
    assert (record.file_name, record.subject_label) == ("list.csv", "C1")
    assert (record.sent_by, record.received_at) == (cast.coordinator.user.name, NOW)
    assert record.sha256 == sha256(b"reference\r\nA1\r\nA2\r\n").hexdigest()


def test_refused_rows_undo_everything_but_the_record(cast):
    def write_then_refuse(sheet):
        a.person(cast.centre, "X1")
        raise RowsRefused([RowError(2, "reference", "A1", "Wrong.", "Right it.")])

    with cast.scope(cast.coordinator):
        record = send(cast, write_then_refuse)
        assert Upload.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM trainees_person")
            assert cursor.fetchone() == (0,)
    assert (record.state, record.rows, record.created) == ("refused", 2, 0)
    assert record.errors == [
        {
            "row": 2,
            "column": "reference",
            "value": "A1",
            "message": "Wrong.",
            "remedy": "Right it.",
        }
    ]


def test_unreadable_file_is_recorded(cast):
    with cast.scope(cast.coordinator):
        record = send(cast, lambda sheet: Counts(), content=b"%PDF", name="list.pdf")
    assert (record.state, record.rows) == ("refused", 0)
    assert record.errors == [
        {
            "row": None,
            "column": "",
            "value": "",
            "message": "“list.pdf” is not a table that can be read.",
            "remedy": "Send an XLSX, XLS, ODS or CSV file, under its right name.",
        }
    ]


def test_record_keeps_so_many_errors_and_says_how_many_more(cast):
    def refuse(sheet):
        raise RowsRefused([RowError(n, "a", "", "Wrong.", "Right it.") for n in range(3000)])

    with cast.scope(cast.coordinator):
        record = send(cast, refuse)
    assert len(record.errors) == KEPT_ERRORS + 1
    assert record.errors[-1]["message"] == "1,000 further errors are not listed."


def test_rival_centre_sees_no_record(cast):
    with cast.scope(cast.coordinator):
        send(cast, lambda sheet: Counts())
    with cast.scope(cast.rival_coordinator):
        assert Upload.objects.count() == 0
        assert Organisation.objects.filter(pk=cast.centre.pk).count() == 0
