"""What the clock starts: the removal of records whose time is over."""

from datetime import date

from celery import shared_task
from django.utils import timezone

from gsp.background.jobs import background
from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from privacy.actions import retention


@background
def sweep_retention(*, as_of: str) -> None:
    """Remove what is due in one agency; repeated, it finds what the first sweep did."""
    retention.sweep(as_of=date.fromisoformat(as_of), at=timezone.now())


@shared_task(name="privacy.tasks.start_retention")
def start_retention(as_of: str | None = None) -> int:
    """Read the clock once and order the sweep of every agency; return how many."""
    day = as_of or timezone.now().date().isoformat()
    because = Because(actor_name="retention", via="clock", reason=f"retention on {day}")
    agencies = list(Agency.objects.order_by("id"))
    for agency in agencies:
        with scope(agency, because=because):
            sweep_retention.after_commit(as_of=day)
    return len(agencies)
