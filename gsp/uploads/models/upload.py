"""The record of a list received and of what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from gsp.uploads.states import RUNNING, UPLOAD, UploadState


class UploadQuerySet(TenantQuerySet):
    """Lists by standing."""

    def running(self):
        """Return lists that a worker has in hand or will take up."""
        return self.filter(state__in=RUNNING)

    def latest(self):
        """Return lists with their organisation, those in progress first, then the latest."""
        running = models.Case(models.When(state__in=RUNNING, then=0), default=1)
        return self.select_related("organisation").order_by(running, "-received_at", "-id")


@audited
class Upload(TenantModel):
    """One file: who sent it, what it is for, how it was read, and what its rows come to."""

    audience = ("organisation",)
    writers = ("organisation",)
    vault_fields = ("stored", "annotated")
    lifecycle = UPLOAD

    organisation = TenantKey(
        "partnerships.Organisation", verbose_name=_("organisation"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20)
    subject = models.UUIDField(null=True)
    subject_label = models.CharField(_("for"), max_length=120, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=32, blank=True)
    annotated = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=12, default="en")
    sent_by = models.CharField(_("sent by"), max_length=150)

    # how it was read: habits, findings in words, the file's headings, heading → column as chosen
    reading = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    chosen = models.JSONField(default=dict)

    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    duplicates = models.PositiveIntegerField(_("possible duplicates"), default=0)
    faulty = models.PositiveIntegerField(_("in error"), default=0)
    held = models.PositiveIntegerField(_("held"), default=0)
    errors = models.JSONField(_("errors"), default=list)
    # row number → “another” or the uid of the person it is
    decisions = models.JSONField(default=dict)
    notice = models.CharField(max_length=300, blank=True)

    state = models.CharField(
        _("state"),
        max_length=20,
        choices=UploadState.choices,
        default=UploadState.RECEIVED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)
    received_at = models.DateTimeField(_("received at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    objects = tenant_manager(UploadQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [models.Index(fields=["tenant", "-received_at"], name="upload_recent")]

    def __str__(self):
        return self.file_name

    @property
    def free(self) -> int:
        """Return how many rows are not held."""
        return self.rows - self.held
