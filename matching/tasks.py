"""What the clock starts: the night."""

from datetime import date

from celery import shared_task
from django.utils import timezone

from gsp.tenancy.scope import Because, scope
from matching.actions import nights
from partnerships.models import Agency


@shared_task(name="matching.tasks.start_night")
def start_night(as_of: str | None = None) -> int:
    """Read the clock once and order a run for every active partnership of every agency."""
    day = date.fromisoformat(as_of) if as_of else timezone.now().date()
    because = Because(actor_name="night run", via="clock", reason=f"night of {day}")
    ordered = 0
    for agency in Agency.objects.order_by("id"):
        with scope(agency, because=because):
            ordered += nights.order(day)
    return ordered
