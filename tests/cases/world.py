"""One row of everything in a case that has an address of its own."""

from django.utils import timezone

from cases.actions import notes, recognition, tasks
from cases.actions.requirements import require
from cases.models import Document
from partnerships.roles import System
from tests import builders as a
from trainees.actions.story import tell


def a_task(person, by):
    now = timezone.now()
    return tasks.add(
        "Call", due_on=now.date(), person=person, role="agency_director", by=by, at=now
    )


def a_case(cast, person) -> dict:
    """The rows by the first part of their addresses; to be called in the open scope."""
    now, by = timezone.now(), cast.officer
    sum_of_it = "0" * 64
    document = Document.objects.create(
        person=person,
        centre=person.centre,
        kind="passport",
        media_type="application/pdf",
        size=1,
        sha256=sum_of_it,
        sent_sha256=sum_of_it,
        scan="not_used",
        received_at=now,
    )
    row = recognition.prepare(
        person,
        authority="Chamber",
        country=a.country(),
        occupation=a.occupation(),
        qualification="Mason",
        by=by,
        at=now,
    )
    deficit = row.deficits.create(centre=person.centre, topic="safety")
    return {
        "cases": person,
        "documents": document,
        "recognition": row,
        "deficits": deficit,
        "tasks": a_task(person, by),
        "notes": notes.write(person, "Quiet.", readers="mine", by=by, at=now),
        "required-documents": require(cast.partnership, "visa", stage="departure", by=by, at=now),
        "events": tell(person, "state", by=System("night"), at=now, text="Began."),
    }
