"""What the clock starts: forgetting what lists leave behind."""

import logging
from datetime import timedelta

from celery import shared_task
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from gsp import orphans
from gsp.tenancy.scope import Because, scope
from gsp.uploads.actions.decide import forget_rows
from gsp.uploads.actions.parts import sweep
from gsp.uploads.models import Upload
from gsp.uploads.opening import remove_left
from gsp.uploads.states import OVER

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)


@shared_task(name="gsp.uploads.tasks.sweep_uploads")
def sweep_uploads() -> int:
    """Forget, agency by agency, pieces of files that stopped arriving, and rows of old lists.

    Returns how many lists were touched. One agency that fails stops no other.
    """
    now, touched = timezone.now(), 0
    agencies = apps.get_model(settings.TENANCY["tenant"])
    for tenant in agencies.objects.values_list("pk", flat=True):
        try:
            with scope(tenant, because=Because(actor_name="upload sweep", via="clock")):
                touched += sweep(now=now) + forget_old(now=now)
        except Exception:
            log.exception("uploads of agency %s could not be swept", tenant)
    return touched


@shared_task(name="gsp.uploads.tasks.sweep_vault")
def sweep_vault() -> int:
    """Remove files that no row names, a day after they were written; return how many.

    Plain copies that a killed worker left behind go too, after an hour.
    """
    now = timezone.now()
    return orphans.sweep(now=now) + remove_left(now=now)


def forget_old(*, now) -> int:
    """Remove rows and files of lists that ended 30 days ago."""
    old = Upload.objects.filter(state_changed_at__lt=now - KEPT, state__in=OVER)
    count = 0
    for upload in old.exclude(stored="").select_for_update(skip_locked=True):
        forget_rows(upload)
        count += 1
    return count
