"""What the clock starts: the night's warnings, the scanner asked again, the morning's reminders."""

import logging
from datetime import date

from celery import shared_task
from django.utils import timezone

from cases.actions import digests, documents, warnings
from cases.models import Document
from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from partnerships.roles import System

log = logging.getLogger(__name__)
SCANS_A_NIGHT = 500


@shared_task(name="cases.tasks.watch_cases")
def watch_cases(as_of: str | None = None) -> int:
    """Warn of what ends and scan what waits, agency by agency; return how many tasks were made.

    One agency failing stops no other.
    """
    now = timezone.now()
    day = date.fromisoformat(as_of) if as_of else now.date()
    because = Because(actor_name="night watch", via="clock", reason=f"night of {day}")
    made = 0
    for agency in Agency.objects.order_by("id"):
        try:
            with scope(agency, because=because):
                made += warnings.warn(day, by=System("night watch"), at=now).made
                for document in Document.objects.unscanned().order_by("id")[:SCANS_A_NIGHT]:
                    if documents.scan_again(document) == Document.Scan.WAITING:
                        break  # the scanner is still away
        except Exception:
            log.exception("cases of agency %s were not watched", agency.pk)
    return made


@shared_task(name="cases.tasks.remind_members")
def remind_members(as_of: str | None = None) -> int:
    """Order the morning's reminders of every agency; return how many."""
    day = date.fromisoformat(as_of) if as_of else timezone.now().date()
    because = Because(actor_name="reminders", via="clock", reason=f"morning of {day}")
    ordered = 0
    for agency in Agency.objects.order_by("id"):
        with scope(agency, because=because):
            ordered += digests.order(day)
    return ordered
