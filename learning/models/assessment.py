"""Assessments of a cohort, their results attempt by attempt, and modules done."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


@audited
class Assessment(TenantModel):
    """What a cohort is assessed by: in a module, or in the course as a whole."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Written test")
        ORAL = "oral", _("Oral test")
        PRACTICAL = "practical", _("Practical test")
        PROJECT = "project", _("Project")
        LANGUAGE = "language", _("Language test")

    audience = ("centre",)
    writers = ("centre",)

    cohort = TenantKey("training.Cohort", verbose_name=_("cohort"), related_name="assessments")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    module = TenantKey(
        "training.Module",
        null=True,
        blank=True,
        verbose_name=_("module"),
        related_name="assessments",
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    held_on = models.DateField(_("held on"))
    most_points = models.DecimalField(
        _("most points"), max_digits=7, decimal_places=2, validators=[MinValueValidator(1)]
    )
    pass_points = models.DecimalField(
        _("points to pass"), max_digits=7, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "cohort", "title"],
                name="assessment_title_once_per_cohort",
                violation_error_message=_("The cohort has an assessment with this title."),
            ),
            models.CheckConstraint(
                condition=Q(pass_points__gte=0, pass_points__lte=F("most_points")),
                name="assessment_can_be_passed",
                violation_error_message=_("Nobody can reach the points to pass."),
            ),
        ]

    def __str__(self):
        return self.title


class ResultQuerySet(TenantQuerySet):
    """Results by outcome."""

    def passed(self):
        """Return results that reach the points to pass."""
        return self.filter(points__gte=F("assessment__pass_points"))


@audited
class AssessmentResult(TenantModel):
    """The points of one attempt; whether it is passed follows from the assessment."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"

    assessment = TenantKey(Assessment, related_name="results")
    enrolment = TenantKey("trainees.Enrolment", related_name="results")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    taken_on = models.DateField(_("taken on"))
    assessor = models.CharField(_("assessor"), max_length=120)
    second_assessor = models.CharField(_("second assessor"), max_length=120, blank=True)

    objects = tenant_manager(ResultQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "assessment", "enrolment", "attempt"],
                name="assessment_result_once",
                violation_error_message=_("This attempt is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, attempt__gte=1),
                name="assessment_result_counts",
                violation_error_message=_("Points start at 0, attempts at 1."),
            ),
        ]

    def __str__(self):
        return f"{self.points} in {self.assessment_id}"

    @property
    def is_passed(self) -> bool:
        """Return whether the points suffice; reads the assessment."""
        return self.points >= self.assessment.pass_points


@audited
class ModuleCompletion(TenantModel):
    """A trainee has done a module, and what that rests on."""

    class Basis(models.TextChoices):
        ASSESSMENT = "assessment", _("Assessments passed")
        ATTENDANCE = "attendance", _("Attendance")
        HAND = "hand", _("Recorded by hand")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("note",)

    enrolment = TenantKey("trainees.Enrolment", related_name="modules_done")
    module = TenantKey("training.Module", verbose_name=_("module"), related_name="completions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    completed_on = models.DateField(_("done on"))
    basis = models.CharField(_("rests on"), max_length=20, choices=Basis.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=150)

    class Meta(TenantModel.Meta):
        verbose_name = _("module done")
        verbose_name_plural = _("modules done")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "module"],
                name="module_completion_once",
                violation_error_message=_("This module is recorded as done already."),
            )
        ]

    def __str__(self):
        return f"{self.module_id} by {self.enrolment_id}"


@audited
class CertificationException(TenantModel):
    """Why somebody is certified although a rule of the course stands against it."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("reason",)

    enrolment = TenantKey("trainees.Enrolment", related_name="certification_exceptions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.CharField(_("recorded by"), max_length=150)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("exception from the rules of the certificate")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "enrolment"], name="certification_exception_once"
            )
        ]

    def __str__(self):
        return f"exception of {self.enrolment_id}"
