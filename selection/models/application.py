"""An application: a person in a call, what they answered and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from selection.models.call import Call
from selection.states import APPLICATION, PASSED, ApplicationState
from trainees.states import Track


class ApplicationQuerySet(TenantQuerySet):
    """Applications by standing."""

    def standing(self):
        """Return applications that nobody withdrew."""
        return self.exclude(state=ApplicationState.WITHDRAWN)

    def passed(self):
        """Return applications that met every rule and are not rejected."""
        return self.filter(state__in=PASSED)


class Employment(models.TextChoices):
    """What an applicant does now."""

    EMPLOYED = "employed", _("Employed")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    UNEMPLOYED = "unemployed", _("Without work")
    IN_EDUCATION = "in_education", _("At school or university")
    OTHER = "other", _("Something else")


class Rejection(models.TextChoices):
    """Why an application was rejected."""

    NOT_ELIGIBLE = "not_eligible", _("Does not meet the conditions")
    NOT_ASSESSED = "not_assessed", _("Could not be assessed")
    BELOW_MINIMUM = "below_minimum", _("Below the minimum score")
    NO_PLACE = "no_place", _("Others scored higher and all places are taken")
    LIST_ENDED = "list_ended", _("The waiting list ended")


@audited
class Application(TenantModel):
    """One person in one call. ``disability`` is counted, never shown and never scored."""

    class Source(models.TextChoices):
        FORM = "form", _("Public form")
        DESK = "desk", _("Entered at a desk")
        LIST = "list", _("List")

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = APPLICATION
    of_person = "person"
    renamed_fields = ("reference",)
    erased_fields = ("answers", "override_reason", "disability", "code_sha256")

    call = TenantKey(Call, related_name="applications")
    person = TenantKey("trainees.Person", related_name="applications")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    reference = models.CharField(_("reference"), max_length=60)
    source = models.CharField(_("came by"), max_length=10, choices=Source.choices)
    submitted_at = models.DateTimeField(_("submitted at"))
    track = models.CharField(
        _("wishes to work"), max_length=10, choices=Track.choices, default=Track.UNDECIDED
    )
    education = models.PositiveSmallIntegerField(
        _("education (EQF level)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    employment = models.CharField(
        _("employment"), max_length=20, choices=Employment.choices, blank=True
    )
    experience = models.PositiveSmallIntegerField(_("years of work"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=dict, blank=True)
    disability = models.BooleanField(_("disability"), null=True, blank=True)
    answers = EncryptedTextField(_("answers"), blank=True)
    agreed = models.JSONField(_("agreed texts"), default=list)
    code_sha256 = models.CharField(max_length=64, blank=True)
    double_of = TenantKey("self", null=True, verbose_name=_("submitted before as"))
    failed = ArrayField(
        models.CharField(max_length=40), verbose_name=_("rules not met"), default=list, blank=True
    )
    overridden_to = models.BooleanField(_("eligible by decision"), null=True)
    override_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    overridden_by = models.CharField(_("decided by"), max_length=150, blank=True)
    overridden_at = models.DateTimeField(null=True)
    total = models.DecimalField(_("score"), max_digits=7, decimal_places=4, null=True)
    rank = models.PositiveIntegerField(_("rank"), null=True)
    waiting_position = models.PositiveIntegerField(_("place on the waiting list"), null=True)
    rejection = models.CharField(_("reason"), max_length=20, choices=Rejection.choices, blank=True)
    enrolment = TenantKey("trainees.Enrolment", null=True, related_name="applications")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ApplicationState.choices,
        default=ApplicationState.APPLIED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(ApplicationQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "call", "reference"], name="application_reference_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "call", "person"],
                name="application_once_per_person",
                violation_error_message=_("This person has applied already."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "code_sha256"],
                condition=~Q(code_sha256=""),
                name="application_code_once",
            ),
            models.CheckConstraint(
                condition=Q(education=None) | Q(education__range=(1, 8)),
                name="application_education_is_eqf",
                violation_error_message=_("EQF levels go from 1 to 8."),
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.REJECTED) ^ Q(rejection=""),
                name="application_rejected_has_reason",
                violation_error_message=_("A rejection needs its reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "call", "state", "rank"], name="application_ranked")
        ]

    def __str__(self):
        return self.reference
