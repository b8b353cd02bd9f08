"""Calendars that telephones subscribe to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


@audited
class CalendarFeed(TenantModel):
    """A secret address of a cohort's calendar; only the SHA-256 of its code is kept."""

    audience = ("centre",)
    writers = ("centre",)

    cohort = TenantKey("training.Cohort", related_name="calendar_feeds")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    code_sha256 = models.CharField(max_length=64)
    made_by = models.CharField(_("made by"), max_length=150)
    made_at = models.DateTimeField(_("made at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("calendar subscription")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "cohort"], name="calendar_feed_once"),
            models.UniqueConstraint(fields=["tenant", "code_sha256"], name="calendar_feed_code"),
        ]

    def __str__(self):
        return f"calendar of {self.cohort_id}"
