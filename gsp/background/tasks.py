"""What the clock starts: the sweep of the outbox."""

from datetime import timedelta

from celery import shared_task
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from gsp.background.jobs import give_up, run_job, send
from gsp.background.models import Job
from gsp.tenancy.scope import scope

PATIENCE = timedelta(seconds=30)
# After this time without a worker a job is taken for lost. One that only waits in a long queue is
# then sent twice, which does no harm: whoever comes second finds it done.
GIVEN_UP = timedelta(seconds=90)
HOPELESS = timedelta(minutes=30)
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
            hopeless = list(Job.objects.hopeless(now - HOPELESS).order_by("asked_at")[:BATCH])
        for job in hopeless:
            give_up(tenant=tenant, job=job.pk)
        for job in waiting:
            if not send(job):
                return sent
            sent += 1
    return sent
