"""How long records are kept, what each night removed, and what was erased."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


class RecordType(models.TextChoices):
    """Kinds of record that have an end."""

    APPLICANTS = "applicants", _("Applicants who were never enrolled")
    LEFT = "left", _("People who left before a certificate")
    GRADUATES = "graduates", _("People whose case has ended")
    UPLOADS = "uploads", _("Files of lists and their rows")
    LOOKS = "looks", _("Records of who looked")


DEFAULT_MONTHS = {
    RecordType.APPLICANTS: 12,
    RecordType.LEFT: 24,
    RecordType.GRADUATES: 60,
    RecordType.UPLOADS: 3,
    RecordType.LOOKS: 36,
}


@audited
class RetentionRule(TenantModel):
    """How many months an agency keeps one kind of record; the night acts only if it is on."""

    audience = ()

    record_type = models.CharField(_("record"), max_length=20, choices=RecordType.choices)
    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    is_on = models.BooleanField(
        _("the night acts on it"),
        help_text=_("Look at the preview first: what is erased cannot be brought back."),
        default=False,
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("retention rule")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record_type"], name="retention_rule_once_per_record_type"
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 600)),
                name="retention_rule_months_1_to_600",
                violation_error_message=_("Keep records for 1 to 600 months."),
            ),
        ]

    def __str__(self):
        return f"{self.get_record_type_display()} {self.months}"


class RetentionRun(TenantModel):
    """What one night removed under one rule."""

    audience = ()
    audit_exempt = "is itself an append-only record"

    record_type = models.CharField(_("record"), max_length=20, choices=RecordType.choices)
    months = models.PositiveSmallIntegerField(_("months"))
    as_of = models.DateField(_("as of"))
    ran_at = models.DateTimeField(_("ran at"))
    count = models.PositiveIntegerField(_("removed"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record_type", "as_of"], name="retention_run_once_a_day"
            )
        ]

    def __str__(self):
        return f"{self.record_type} {self.as_of}"


@audited
class Erasure(TenantModel):
    """The receipt of an erasure: whose record, why, by whom, and how many values went."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("The person asked for it")
        RETENTION = "retention", _("The time to keep it is over")
        MISTAKE = "mistake", _("It should never have been collected")

    audience = ()
    of_person = "person"

    person = TenantKey("trainees.Person", related_name="erasures")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.CharField(_("erased by"), max_length=150)
    counts = models.JSONField(_("values emptied by record"), default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person"], name="erasure_once_per_person")
        ]

    def __str__(self):
        return f"{self.erased_at:%Y-%m-%d}"
