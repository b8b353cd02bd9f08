"""``@background``: an action that runs after commit, in the same tenant, at least once."""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import update_wrapper

from celery import Task, shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from gsp.background.models import Job
from gsp.tenancy.scope import Because, ScopeError, current, scope

log = logging.getLogger(__name__)
_actions: dict[str, "Background"] = {}
# A broker that is silent costs seconds each time: after a failure nobody asks it for so long.
RESPITE = 10
_asked_again_at = 0.0


class Background:
    """An action and its ``after_commit``; call it directly to run it here and now."""

    def __init__(self, action: Callable):
        self.action = action
        self.name = f"{action.__module__}.{action.__name__}"
        if self.name in _actions:
            raise ValueError(f"{self.name} is registered twice")
        _actions[self.name] = self
        self.given_up: Callable | None = None
        update_wrapper(self, action)

    def __call__(self, **ids):
        """Run the action in the scope that is open."""
        return self.action(**ids)

    def after_commit(self, **ids) -> Job:
        """Write the job into the open transaction; Celery gets it when that commits.

        ``ids`` are JSON values (ids, dates as text), never rows. If the broker is down the job
        stays in the outbox and ``send_unsent`` hands it over later.

        Raises:
            ScopeError: no scope is open.

        """
        asked_in = current()
        if asked_in is None:
            raise ScopeError("A background action needs the scope it shall run in.")
        job = Job.objects.create(
            action=self.name,
            arguments=ids,
            organisation=asked_in.organisation,
            because=asdict(asked_in.because),
            asked_at=timezone.now(),
        )
        transaction.on_commit(lambda: send_soon(job))
        return job

    def when_given_up(self, action: Callable) -> Callable:
        """Have ``action`` called with the same ids where no worker could do this one."""
        self.given_up = action
        return action


def background(action: Callable) -> Background:
    """Turn an action that takes ids as keywords into a background action."""
    return Background(action)


def send_soon(job: Job) -> None:
    """Hand a job to the broker, or leave it to ``send_unsent`` if the broker was just away."""
    global _asked_again_at
    if time.monotonic() >= _asked_again_at and not send(job):
        _asked_again_at = time.monotonic() + RESPITE


def send(job: Job) -> bool:
    """Hand a committed job to the broker; return False, with a log line, if it is not there."""
    try:
        run_job.delay(tenant=job.tenant_id, job=job.pk)
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable, job %s waits in the outbox: %s", job.uid, error)
        return False
    with scope(job.tenant_id):
        Job.objects.filter(pk=job.pk).update(sent_at=timezone.now(), attempts=F("attempts") + 1)
    return True


class JobTask(Task):
    """A job that failed for good tells so to whoever waits for it."""

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        """Give the job up, after the last retry."""
        give_up(**kwargs)


@shared_task(
    base=JobTask,
    name="gsp.background.run_job",
    autoretry_for=(Exception,),
    retry_backoff=5,
    retry_kwargs={"max_retries": 3},
)
def run_job(*, tenant: int, job: int) -> None:
    """Run one job in its scope; a job that is done already does nothing."""
    with scope(tenant):
        found = Job.objects.filter(pk=job).first()
    if found is None or found.done_at is not None:
        return
    because = replace(Because(**found.because), via="background")
    with scope(tenant, found.organisation, because=because):
        locked = Job.objects.select_for_update().get(pk=job)
        if locked.done_at is not None:
            return
        _actions[found.action](**found.arguments)
        Job.objects.filter(pk=job).update(done_at=timezone.now())


def give_up(*, tenant: int, job: int) -> None:
    """Call what an action wants done where it cannot be; nothing where it wants nothing."""
    with scope(tenant):
        found = Job.objects.filter(pk=job, done_at=None).first()
    if found is None or _actions[found.action].given_up is None:
        return
    because = replace(Because(**found.because), via="background")
    with scope(tenant, found.organisation, because=because):
        locked = Job.objects.select_for_update().get(pk=job)
        if locked.done_at is None:
            _actions[found.action].given_up(**found.arguments)
            Job.objects.filter(pk=job).update(done_at=timezone.now())
