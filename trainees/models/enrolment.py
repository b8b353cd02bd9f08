"""A person in a cohort, and the track they take."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.states import ENROLMENT, EnrolmentState, Track


class EnrolmentQuerySet(TenantQuerySet):
    """Enrolments by standing."""

    def in_pipeline(self):
        """Return trainees who are still to graduate."""
        return self.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.IN_TRAINING])

    def holding_seats(self):
        """Return trainees who count against the seats of their cohort: all who did not leave."""
        return self.exclude(state=EnrolmentState.WITHDRAWN)

    def seeking(self):
        """Return trainees the night may propose: in training or certified, not yet placed."""
        return self.filter(
            state__in=[
                EnrolmentState.ENROLLED,
                EnrolmentState.IN_TRAINING,
                EnrolmentState.CERTIFIED,
            ]
        ).exclude(track=Track.UNDECIDED)


@audited
class Enrolment(TenantModel):
    """One person in one cohort. ``track`` repeats the latest decision, for lists and counts."""

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = ENROLMENT

    person = TenantKey("trainees.Person", related_name="enrolments")
    cohort = TenantKey("training.Cohort", related_name="enrolments")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    enrolled_on = models.DateField(_("enrolled on"))
    certified_on = models.DateField(_("certified on"), null=True, blank=True)
    track = models.CharField(
        _("track"), max_length=10, choices=Track.choices, default=Track.UNDECIDED
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=EnrolmentState.choices,
        default=EnrolmentState.ENROLLED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(EnrolmentQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "cohort"],
                name="enrolment_once_per_cohort",
                violation_error_message=_("This person is in the cohort already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EnrolmentState.CERTIFIED, EnrolmentState.PLACED])
                | Q(certified_on__isnull=False),
                name="enrolment_certified_has_date",
                violation_error_message=_("A certified trainee needs the date of the certificate."),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} in {self.cohort_id}"


@audited
class TrackDecision(TenantModel):
    """A dated decision for home or away, with its reason. Decisions are added, never changed."""

    class Reason(models.TextChoices):
        FIRST_CHOICE = "first_choice", _("First choice")
        PREFERENCE = "preference", _("Changed preference")
        FAMILY = "family", _("Family")
        LANGUAGE_FAILED = "language_failed", _("Language not reached")
        VISA_REFUSED = "visa_refused", _("Visa refused")
        OFFER_RETRACTED = "offer_retracted", _("Offer retracted")
        RECOGNITION_REFUSED = "recognition_refused", _("Recognition refused")
        CEILING = "ceiling", _("No away seat left")
        BETTER_HOME_OFFER = "better_home_offer", _("Better offer at home")
        CORRECTION = "correction", _("Correction of a mistake")

    audience = ("centre",)
    writers = ("centre",)

    enrolment = TenantKey(Enrolment, related_name="track_decisions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    track = models.CharField(_("track"), max_length=10, choices=Track.choices)
    decided_on = models.DateField(_("decided on"))
    reason = models.CharField(_("reason"), max_length=30, choices=Reason.choices)
    adviser = models.CharField(_("counselled by"), max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("track decision")

    def __str__(self):
        return f"{self.track} on {self.decided_on}"
