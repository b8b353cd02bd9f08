"""What the clock starts: the hourly sweep of calls, offers and saved forms."""

import logging
import secrets

from celery import shared_task
from django.utils import timezone

from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from partnerships.roles import System
from selection.actions import sweeps

log = logging.getLogger(__name__)
BY = System("selection sweep")


@shared_task(name="selection.tasks.sweep")
def sweep() -> int:
    """Sweep every agency; return how many offers expired. One failing call stops no other."""
    at = timezone.now()
    because = Because(actor_name=BY.name, via="clock", reason=f"sweep of {at:%Y-%m-%d %H:%M}")
    expired = 0
    for agency in Agency.objects.order_by("id"):
        with scope(agency, because=because):
            sweeps.forget_drafts(at=at)
            waiting = sweeps.due(at=at)
        for call in waiting:
            expired += _sweep_one(agency, call, because, at)
    return expired


def _sweep_one(agency, call: int, because: Because, at) -> int:
    try:
        with scope(agency, because=because):
            return sweeps.sweep(call, seed=secrets.token_hex(16), by=BY, at=at)
    except Exception:
        log.exception("the sweep of call %s of %s failed", call, agency.slug)
        return 0
