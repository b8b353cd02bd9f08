"""The record of a file received and of what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


@audited
class Upload(TenantModel):
    """One file: who sent it, what it was for, and either its rows were applied or its errors."""

    class Kind(models.TextChoices):
        COHORT = "cohort", _("Cohort list")
        WORKFORCE = "workforce", _("Workforce figures")

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused, nothing was written")

    audience = ("organisation",)
    writers = ("organisation",)

    organisation = TenantKey(
        "partnerships.Organisation", verbose_name=_("organisation"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    subject = models.UUIDField(null=True)
    subject_label = models.CharField(_("for"), max_length=120, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    errors = models.JSONField(_("errors"), default=list)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    sent_by = models.CharField(_("sent by"), max_length=150)
    received_at = models.DateTimeField(_("received at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [models.Index(fields=["tenant", "-received_at"], name="upload_recent")]

    def __str__(self):
        return self.file_name
