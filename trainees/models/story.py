"""The timeline of a person's case: events are added, a later one corrects an earlier one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.append_only import AppendOnly
from gsp.tenancy.models import TenantKey, TenantModel
from trainees.models.person import Person


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of event; asked for by name, so that a new kind needs no migration."""
    return CaseEvent.Kind.choices


class CaseEvent(TenantModel):
    """One thing that happened to a person in the programme, told once and never changed."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        STATE = "state", _("Standing changed")
        TRACK = "track", _("Track")
        JOURNEY = "journey", _("Journey")
        DOCUMENT = "document", _("Document")
        RECOGNITION = "recognition", _("Recognition")
        CONTACT = "contact", _("Contact")
        PLAN = "plan", _("Plan")
        LANGUAGE = "language", _("Language result")
        ASSESSMENT = "assessment", _("Assessment")
        MODULE = "module", _("Module done")
        CONSENT = "consent", _("Consent")
        SELECTION = "selection", _("Selection")
        CREDENTIAL = "credential", _("Certificate")
        MERGED = "merged", _("Records of one person")
        CORRECTION = "correction", _("Correction")

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is itself an append-only record"
    of_person = "person"
    erased_fields = ("text",)

    person = TenantKey(Person, related_name="story")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.CharField(_("kind"), max_length=30, choices=kinds)
    text = models.CharField(_("what happened"), max_length=500, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject = models.UUIDField(null=True)
    corrects = TenantKey("self", null=True, related_name="corrections")
    happened_at = models.DateTimeField(_("at"))
    told_by = models.CharField(_("by"), max_length=150)

    class Meta(TenantModel.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["tenant", "person", "-happened_at"], name="story_of_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "corrects"],
                name="story_corrected_once",
                violation_error_message=_("This event is corrected already."),
            )
        ]
        triggers = [AppendOnly(erased=("text",))]

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_at:%Y-%m-%d}"
