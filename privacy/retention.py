"""What each kind of record is, when its time is over, and how it goes."""

from datetime import UTC, date, datetime, time
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from gsp import vault
from gsp.audit.models import Look
from gsp.uploads.models import Upload, UploadChunk
from gsp.uploads.states import UploadState
from privacy.models import Erasure
from privacy.models.retention import RecordType
from trainees.models import CaseEvent, Enrolment, Person
from trainees.states import EnrolmentState

PEOPLE = (RecordType.APPLICANTS, RecordType.LEFT, RecordType.GRADUATES)
OVER = (UploadState.APPLIED, UploadState.DISCARDED, UploadState.REFUSED)
# An enrolment in one of these says that the person is still in the programme.
IN_PROGRESS = (
    EnrolmentState.ENROLLED,
    EnrolmentState.IN_TRAINING,
    EnrolmentState.NOT_YET_COMPETENT,
    EnrolmentState.DEFERRED,
)


def due(record_type, before: date) -> QuerySet:
    """Return the rows whose time is over: last touched before that day, in order of their ids.

    For people that is the last event of their timeline, under any of their records; whoever is
    still in training is never due.
    """
    if record_type == RecordType.UPLOADS:
        rows = Upload.objects.filter(state__in=OVER, received_at__lt=_start(before))
        return rows.exclude(stored="", annotated="").order_by("id")
    if record_type == RecordType.LOOKS:
        return Look.objects.filter(at__lt=_start(before)).order_by("id")
    return _people(record_type, before)


def _people(record_type, before: date) -> QuerySet:
    own = Enrolment.objects.filter(person=OuterRef("pk"))
    certified = own.filter(certified_on__isnull=False)
    rows = Person.objects.filter(
        ~Exists(Erasure.objects.filter(person=OuterRef("pk"))),
        ~Exists(_events(before, person=OuterRef("pk"))),
        ~Exists(_events(before, person__merged_into=OuterRef("pk"))),
        ~Exists(own.filter(state__in=IN_PROGRESS)),
        uid__lt=_first_uid(before),
        merged_into=None,
    )
    kinds = {
        RecordType.APPLICANTS: rows.filter(~Exists(own)),
        RecordType.LEFT: rows.filter(Exists(own), ~Exists(certified)),
        RecordType.GRADUATES: rows.filter(Exists(certified)),
    }
    return kinds[RecordType(record_type)].order_by("id")


def _events(before: date, **of) -> QuerySet:
    return CaseEvent.objects.filter(happened_at__gte=_start(before), **of)


def remove(record_type, before: date) -> int:
    """Remove the files of lists, or records of looks, that are due; return how many."""
    rows = due(record_type, before)
    if record_type == RecordType.LOOKS:
        return rows.delete()[0]
    return remove_files(rows)


def remove_files(uploads: QuerySet) -> int:
    """Remove the files and staged rows of finished lists; counts and errors' places stay."""
    found = list(uploads)
    for upload in found:
        for name in filter(None, (upload.stored, upload.annotated)):
            transaction.on_commit(partial(vault.remove, name))
    UploadChunk.objects.filter(upload__in=found).delete()
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).update(stored="", annotated="")
    return len(found)


def finished_lists(centre: int) -> QuerySet:
    """Return the finished lists of a centre whose files are still kept."""
    rows = Upload.objects.filter(organisation=centre, state__in=OVER)
    return rows.exclude(stored="", annotated="")


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _first_uid(day: date) -> UUID:
    """Return the least UUID version 7 of a day: identifiers tell when a row was made (RFC 9562)."""
    milliseconds = int(_start(day).timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62))
