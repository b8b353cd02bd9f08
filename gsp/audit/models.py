"""The look log: who read a person's record or took it out."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.tenancy.models import TenantKey, TenantModel
from gsp.tenancy.scope import current


class Look(TenantModel):
    """One look at, or export of, a record about a person. Rows are added, never changed."""

    class Kind(models.TextChoices):
        LOOK = "look", _("Looked at")
        EXPORT = "export", _("Exported")

    audience = ("organisation",)
    writers = ("organisation",)
    audit_exempt = "is itself an append-only record"

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    subject_kind = models.CharField(_("record"), max_length=40)
    subject = models.UUIDField(_("record identifier"))
    actor = models.BigIntegerField(_("user"))
    actor_name = models.CharField(_("by"), max_length=150)
    organisation = TenantKey("partnerships.Organisation", null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    request = models.CharField(max_length=80, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [models.Index(fields=["tenant", "subject", "-at"], name="look_of_subject")]

    def __str__(self):
        return f"{self.actor_name} {self.kind} {self.subject}"

    @property
    def kind_name(self) -> str:
        """Return the kind of record in words."""
        return str(apps.get_model(self.subject_kind)._meta.verbose_name)


def note_looks(records, *, kind=Look.Kind.LOOK, at) -> None:
    """Write down that the scope's actor saw these records, in the same transaction."""
    opened = current()
    Look.objects.bulk_create(
        Look(
            kind=kind,
            subject_kind=record._meta.label_lower,
            subject=record.uid,
            actor=opened.because.actor,
            actor_name=opened.because.actor_name,
            organisation_id=opened.organisation,
            at=at,
            request=opened.because.request,
        )
        for record in records
    )
