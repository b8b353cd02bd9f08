"""A list arrives whole or in pieces, is stored sealed, and goes through its stages."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from gsp import vault
from gsp.background.jobs import give_up
from gsp.background.models import Job
from gsp.uploads.actions import decide, parts
from gsp.uploads.actions.examine import KEPT_ERRORS
from gsp.uploads.actions.receive import receive
from gsp.uploads.batch import Finding
from gsp.uploads.models import Upload, UploadHabits
from gsp.uploads.queries import applied_before, rows_of
from gsp.uploads.staging import chunks_of
from gsp.uploads.tasks import KEPT, sweep_uploads
from gsp.workflow import NotAllowed, Refused, Stale
from tests.trainees.lists import ARTA, BESA, HEADER
from tests.uploads.files import csv, read
from tests.uploads.stages import applied, examined
from trainees.models import Person

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CONTENT = csv(HEADER, ARTA, BESA)
FAULTY = csv(HEADER, ARTA, BESA.replace("XK", "ZZ"))


def send(cast, content=CONTENT, name="C:/lists/list.csv", by=None):
    by = by or cast.coordinator
    return receive("cohort", cast.cohort, file=content, file_name=name, by=by, at=NOW)


@pytest.fixture
def centre(cast):
    with cast.scope(cast.coordinator):
        yield cast


def test_file_is_stored_sealed_and_a_worker_is_asked(centre):
    record = send(centre)
    assert (record.state, record.file_name, record.subject_label) == ("received", "list.csv", "C1")
    assert (record.sent_by, record.received_at) == (centre.coordinator.user.name, NOW)
    assert (record.sha256, record.size) == (sha256(CONTENT).hexdigest(), len(CONTENT))
    assert vault.content_of(record.stored) == CONTENT
    lying = Path(settings.VAULT_DIR) / record.stored[:2] / record.stored
    assert b"Krasniqi" not in lying.read_bytes()
    assert Job.objects.get().arguments == {"upload": record.pk}


def test_preview_writes_nothing_and_stages_nothing_in_the_clear(centre):
    record = examined(send(centre))
    assert (record.state, record.rows, record.created, record.held) == ("waiting", 2, 2, 0)
    assert Person.objects.count() == 0
    assert b"Krasniqi" not in bytes(record.chunks.get().payload)
    assert [row.cells["family_name"] for row in rows_of(record, Finding.NEW, 0)] == [
        "Krasniqi",
        "Gashi",
    ]


def test_valid_rows_are_applied_and_the_others_held(centre):
    record = applied(send(centre, FAULTY), by=centre.coordinator, at=NOW)
    assert (record.state, record.created, record.held, record.faulty) == ("applied", 1, 1, 1)
    assert list(Person.objects.values_list("reference", flat=True)) == ["A1"]


def test_same_file_twice_changes_nothing_and_is_said(centre):
    applied(send(centre), by=centre.coordinator, at=NOW)
    again = examined(send(centre))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert applied_before(again).sha256 == again.sha256
    applied(again, by=centre.coordinator, at=NOW)
    assert (again.state, again.unchanged, Person.objects.count()) == ("applied", 2, 2)


def test_list_that_was_applied_is_not_applied_again(centre):
    record = applied(send(centre), by=centre.coordinator, at=NOW)
    with pytest.raises(Refused):
        decide.confirm(record, by=centre.coordinator, at=NOW)
    with pytest.raises(Refused):
        decide.discard(record, by=centre.coordinator, at=NOW)


def test_marked_file_is_corrected_and_sent_again(centre):
    record = examined(send(centre, FAULTY))
    marked = vault.content_of(record.annotated)
    sheet = read("marked.xlsx", marked)
    assert [row.cells[4] for row in sheet.rows] == ["XK", "ZZ"]
    again = examined(send(centre, marked, "marked.xlsx"))
    assert (again.created, again.faulty) == (1, 1)


def test_unknown_heading_is_asked_about_and_remembered(centre):
    content = csv(HEADER.replace("country", "where at home"), ARTA)
    record = examined(send(centre, content))
    assert (record.state, record.headings[4]) == ("mapping", "where at home")
    own = {name: name for name in HEADER.split(",")[:4]}
    by = centre.coordinator
    with pytest.raises(Refused, match="country"):
        decide.match_headings(record, own, by=by, at=NOW)
    decide.match_headings(record, own | {"where at home": "country"}, by=by, at=NOW)
    assert (examined(record).state, record.created) == ("waiting", 1)
    assert UploadHabits.objects.get().headings["cohort"]["where at home"] == "country"
    assert examined(send(centre, content)).state == "waiting"


def test_dates_are_read_as_the_centre_has_set(centre):
    content = csv(HEADER, ARTA.replace("2000-05-17", "17.05.2000"))
    assert examined(send(centre, content)).faulty == 1
    by = centre.coordinator
    decide.set_habits(centre.centre, {"date_order": "dmy"}, by=by, at=NOW)
    applied(send(centre, content), by=by, at=NOW)
    assert Person.objects.get().birth_date == "2000-05-17"


def test_numbers_that_lost_their_zeros_are_refused(centre):
    lines = [ARTA.replace("A1", number) for number in ("007", "012", "8")]
    record = examined(send(centre, csv(HEADER, *lines)))
    assert (record.created, record.faulty) == (2, 1)
    assert [(one["row"], one["column"]) for one in record.errors] == [(4, "reference")]


def test_record_keeps_so_many_errors_and_says_how_many_more(centre):
    lines = [f"R{number},Arta,Krasniqi,2000-05-17,ZZ" for number in range(KEPT_ERRORS + 500)]
    record = examined(send(centre, csv(HEADER, *lines)))
    assert len(record.errors) == KEPT_ERRORS + 1
    assert record.errors[-1]["message"] == "500 further errors are not listed."
    assert sum(len(rows.numbers) for rows in chunks_of(record)) == KEPT_ERRORS + 500


def test_list_no_worker_can_examine_fails_with_a_remedy(cast):
    with cast.scope(cast.coordinator):
        record = send(cast)
        job = Job.objects.get()
    give_up(tenant=cast.north.pk, job=job.pk)
    with cast.scope(cast.coordinator):
        record.refresh_from_db()
        assert (record.state, "Try again" in record.notice) == ("failed", True)
        decide.examine_again(record, by=cast.coordinator, at=NOW)
        assert examined(record).state == "waiting"


def test_rival_centre_sees_nothing_and_sends_nothing(cast):
    with cast.scope(cast.coordinator):
        record = examined(send(cast))
    with cast.scope(cast.rival_coordinator):
        assert Upload.objects.count() == 0
        assert record.chunks.count() == 0
        with pytest.raises(NotAllowed):
            send(cast, by=cast.rival_coordinator)


def test_auditor_decides_nothing(cast):
    with cast.scope():
        record = examined(send(cast, by=cast.officer))
        for action in (decide.confirm, decide.discard):
            with pytest.raises(NotAllowed):
                action(record, by=cast.auditor, at=NOW)
        assert record.state == "waiting"


def announce(cast, content=CONTENT):
    digest = sha256(content).hexdigest()
    return parts.announce(
        "cohort",
        cast.cohort,
        file_name="list.csv",
        size=len(content),
        sha256=digest,
        by=cast.coordinator,
        at=NOW,
    )


def test_file_in_pieces_goes_on_where_it_broke_off(centre):
    record, by = announce(centre), centre.coordinator
    parts.add_part(record, offset=0, content=CONTENT[:20], by=by, at=NOW)
    with pytest.raises(Stale, match="20"):
        parts.add_part(record, offset=0, content=CONTENT[:20], by=by, at=NOW)
    assert parts.received(record) == 20
    with pytest.raises(Refused):
        parts.add_part(record, offset=20, content=CONTENT, by=by, at=NOW)
    record = parts.add_part(record, offset=20, content=CONTENT[20:], by=by, at=NOW)
    assert (record.state, record.parts.count()) == ("received", 0)
    assert vault.content_of(record.stored) == CONTENT
    assert examined(record).created == 2


def test_file_that_arrives_damaged_begins_again(centre):
    record, by = announce(centre), centre.coordinator
    record = parts.add_part(record, offset=0, content=CONTENT[::-1], by=by, at=NOW)
    assert (record.state, parts.received(record)) == ("receiving", 0)
    record = parts.add_part(record, offset=0, content=CONTENT, by=by, at=NOW)
    assert record.state == "received"


def test_sweep_forgets_pieces_after_a_day_and_rows_after_a_month(cast):
    with cast.scope(cast.coordinator):
        begun = announce(cast)
        parts.add_part(begun, offset=0, content=CONTENT[:9], by=cast.coordinator, at=NOW)
        done = applied(send(cast), by=cast.coordinator, at=NOW)
        fresh = announce(cast)
        yesterday = datetime.now(UTC) - parts.ABANDONED
        minute = timedelta(minutes=1)
        Upload.objects.filter(pk=fresh.pk).update(state_changed_at=yesterday + minute)
        Upload.objects.filter(pk=begun.pk).update(state_changed_at=yesterday - minute)
        long_ago = datetime.now(UTC) - KEPT - timedelta(days=1)
        Upload.objects.filter(pk=done.pk).update(state_changed_at=long_ago)
    assert sweep_uploads() == 2
    with cast.scope():
        assert set(Upload.objects.all()) == {done, fresh}
        done.refresh_from_db()
        assert (done.stored, done.chunks.count(), done.created) == ("", 0, 2)
        assert Person.objects.count() == 2
