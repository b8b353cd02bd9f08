"""The outbox: what a transaction wants done after it commits."""

from django.db import models

from gsp.tenancy.audience import EVERYONE
from gsp.tenancy.models import TenantModel, TenantQuerySet, tenant_manager

MOST_ATTEMPTS = 10


class JobQuerySet(TenantQuerySet):
    """Jobs by what became of them."""

    def unsent(self, before):
        """Return jobs the broker has not taken and that were asked for before ``before``."""
        return self.filter(sent_at=None, done_at=None, asked_at__lt=before)

    def lost(self, before):
        """Lock and return jobs the broker took before ``before`` and that nobody has in hand.

        A worker holds the lock of its job; when it dies, PostgreSQL gives the lock back.
        """
        found = self.filter(sent_at__lt=before, done_at=None, attempts__lt=MOST_ATTEMPTS)
        return found.select_for_update(skip_locked=True)

    def hopeless(self, before):
        """Return jobs that were sent as often as is of use, the last time before ``before``."""
        found = self.filter(sent_at__lt=before, done_at=None, attempts__gte=MOST_ATTEMPTS)
        return found.select_for_update(skip_locked=True)


class Job(TenantModel):
    """One background action with its ids; survives a broker that is down."""

    audience = (EVERYONE,)
    writers = (EVERYONE,)
    audit_exempt = "holds ids of an action that audits its own writes"

    action = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    organisation = models.BigIntegerField(null=True)
    because = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = tenant_manager(JobQuerySet)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["tenant", "asked_at"],
                condition=models.Q(done_at=None),
                name="job_open",
            )
        ]
