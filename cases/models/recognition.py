"""Recognition of a qualification abroad: a case of its own inside the person's case."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.states import RECOGNITION, RecognitionState
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class RecognitionQuerySet(TenantQuerySet):
    """Recognition cases by standing."""

    def undecided(self):
        """Return those that an authority still has to answer."""
        return self.filter(state=RecognitionState.FILED)


@audited
class RecognitionCase(TenantModel):
    """One qualification before one authority. ``due_on`` is when its answer is usually there."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("file_reference", "note")
    lifecycle = RECOGNITION

    person = TenantKey("trainees.Person", related_name="recognitions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    authority = models.CharField(_("authority"), max_length=200)
    country = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("country"), related_name="+"
    )
    occupation = models.ForeignKey(
        "catalogue.Occupation", models.PROTECT, verbose_name=_("occupation"), related_name="+"
    )
    qualification = models.CharField(_("qualification"), max_length=200)
    file_reference = EncryptedTextField(_("reference of the authority"), blank=True)
    usual_days = models.PositiveSmallIntegerField(_("usual duration in days"), default=90)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    due_on = models.DateField(_("answer expected by"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    appeal_until = models.DateField(_("appeal possible until"), null=True, blank=True)
    appealed_on = models.DateField(_("appealed on"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=RecognitionState.choices,
        default=RecognitionState.PREPARING,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(RecognitionQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("recognition")
        verbose_name_plural = _("recognition")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "withdrawn"])
                | Q(filed_on__isnull=False, due_on__isnull=False),
                name="recognition_filed_has_days",
                violation_error_message=_("Say when it was filed and when the answer is due."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["full", "partial", "refused"])
                | Q(decided_on__isnull=False),
                name="recognition_decided_has_day",
                violation_error_message=_("Say when the authority decided."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(filed_on=None) | Q(decided_on__gte=F("filed_on")),
                name="recognition_decided_after_filed",
                violation_error_message=_("The decision lies before the filing."),
            ),
        ]

    def __str__(self):
        return f"{self.qualification}: {self.state}"


@audited
class RecognitionDeficit(TenantModel):
    """What an authority found missing, and what made up for it."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "recognition__person"

    recognition = TenantKey(RecognitionCase, related_name="deficits")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    topic = models.CharField(_("what is missing"), max_length=200)
    skill = models.ForeignKey(
        "catalogue.Skill", models.PROTECT, null=True, blank=True, related_name="+"
    )
    hours = models.PositiveSmallIntegerField(_("bridging hours"), null=True, blank=True)
    closed_on = models.DateField(_("made up on"), null=True, blank=True)
    module = TenantKey("training.Module", null=True, blank=True, related_name="+")
    closed_by = models.CharField(_("made up by"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("deficit")
        verbose_name_plural = _("deficits")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "recognition", "topic"],
                name="deficit_once",
                violation_error_message=_("This is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by="", module=None)
                | Q(closed_on__isnull=False) & (~Q(closed_by="") | Q(module__isnull=False)),
                name="deficit_closed_says_by_what",
                violation_error_message=_("Say by which module or assessment it was made up."),
            ),
        ]

    def __str__(self):
        return self.topic
