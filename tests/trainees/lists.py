"""Lists of trainees as centres send them."""

from datetime import UTC, datetime

from tests.uploads.files import csv
from tests.uploads.stages import applied, examined
from trainees.actions.cohort_upload import upload

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HEADER = "reference,given_name,family_name,birth_date,country"
ARTA = "A1,Arta,Krasniqi,2000-05-17,XK"
BESA = "A2,Besa,Gashi,2001-01-02,XK"
TRACKS = f"{HEADER},track,adviser,counselled_on"


def choosing(row, track):
    """Return the row of somebody who takes a track after counselling."""
    return f"{row},{track},Ada Adviser,2026-11-20" if track else f"{row},,,"


def send(cast, *lines, by=None, cohort=None, name="list.csv", header=HEADER, at=NOW):
    """Upload lines below the heading, as the cohort's coordinator if nobody else is named.

    The list is examined, and applied if nothing in it is wrong.
    """
    content = csv(header, *lines) if lines or name.endswith(".csv") else b""
    by = by or cast.coordinator
    record = upload(cohort or cast.cohort, file=content, file_name=name, by=by, at=at)
    examined(record)
    is_clean = record.state == "waiting" and not record.held
    return applied(record, by=by, at=at) if is_clean else record


def counts(record):
    """Return created, updated and unchanged of an upload."""
    return record.created, record.updated, record.unchanged


def errors(record):
    """Return row, column and message of each error."""
    return [(one["row"], one["column"], one["message"]) for one in record.errors]
