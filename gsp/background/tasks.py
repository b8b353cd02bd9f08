"""What the clock starts: the sweep of the outbox."""

from datetime import timedelta

from celery import shared_task
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from gsp.background.jobs import run_job, send
from gsp.background.models import Job
from gsp.tenancy.scope import scope

PATIENCE = timedelta(seconds=30)
GIVEN_UP = timedelta(minutes=30)
BATCH = 500

__all__ = ["run_job", "send_unsent"]


@shared_task(name="gsp.background.tasks.send_unsent")
def send_unsent() -> int:
    """Send, tenant by tenant, the jobs the broker did not take or lost; return how many."""
    now = timezone.now()
    sent = 0
    for tenant in apps.get_model(settings.TENANCY["tenant"]).objects.values_list("pk", flat=True):
        with scope(tenant):
            waiting = list(Job.objects.unsent(now - PATIENCE).order_by("asked_at")[:BATCH])
            waiting += list(Job.objects.lost(now - GIVEN_UP).order_by("asked_at")[:BATCH])
        for job in waiting:
            if not send(job):
                return sent
            sent += 1
    return sent
