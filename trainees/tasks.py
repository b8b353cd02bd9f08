"""What the clock starts: the sweep of deadlines, and the comparison of records."""

from datetime import date

from celery import shared_task
from django.utils import timezone

from gsp.background.jobs import background
from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from partnerships.roles import System
from trainees.actions import deadlines
from trainees.duplicates.index import index_rows
from trainees.duplicates.sweep import compare_changed
from trainees.models import Person

SWEEP = System("deadline sweep")


@background
def sweep_agency(*, as_of: str) -> None:
    """Bring one agency's notices up to a day; repeated, it changes nothing."""
    deadlines.sweep(date.fromisoformat(as_of), by=SWEEP, at=timezone.now())


@shared_task(name="trainees.tasks.sweep_deadlines")
def sweep_deadlines(as_of: str | None = None) -> int:
    """Order the sweep of every agency, each by itself: one failing stops no other."""
    day = date.fromisoformat(as_of) if as_of else timezone.now().date()
    because = Because(actor_name="deadline sweep", via="clock", reason=f"sweep of {day}")
    agencies = list(Agency.objects.order_by("id"))
    for agency in agencies:
        with scope(agency, because=because):
            sweep_agency.after_commit(as_of=day.isoformat())
    return len(agencies)


@background
def compare_agency() -> None:
    """Compare one agency's people who are new or have changed, whoever forgot to say so."""
    index_rows(Person.objects.order_by("id"))
    compare_changed(at=timezone.now())


@shared_task(name="trainees.tasks.compare_people")
def compare_people() -> int:
    """Order the comparison of every agency's people, each by itself: one failing stops no other."""
    because = Because(actor_name="comparison of records", via="clock", reason="nightly")
    agencies = list(Agency.objects.order_by("id"))
    for agency in agencies:
        with scope(agency, because=because):
            compare_agency.after_commit()
    return len(agencies)
