"""A person in a cohort, and the track they take."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.journey_states import PROVIDED_FOR
from trainees.models.journey import Journey
from trainees.states import (
    ENROLMENT,
    EXPECTED,
    HOLDING,
    IN_PROGRESS,
    EnrolmentState,
    LeftReason,
    Track,
)


class EnrolmentQuerySet(TenantQuerySet):
    """Enrolments by standing."""

    def in_pipeline(self):
        """Return trainees who are still to graduate."""
        return self.filter(state__in=IN_PROGRESS)

    def expected(self):
        """Return graduates and those expected to graduate: the home floor is a share of these."""
        return self.filter(state__in=EXPECTED)

    def holding_seats(self):
        """Return trainees who count against the seats of their cohort: all who did not leave."""
        return self.filter(state__in=HOLDING)

    def seeking(self):
        """Return trainees the night may propose: expected or certified, on a track, not at work."""
        provided = Journey.objects.filter(enrolment=OuterRef("pk"), state__in=PROVIDED_FOR)
        return self.expected().exclude(track=Track.UNDECIDED).filter(~Exists(provided))


@audited
class Enrolment(TenantModel):
    """One person in one cohort. ``track`` repeats the latest decision, for lists and counts."""

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = ENROLMENT
    of_person = "person"

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
    left_reason = models.CharField(
        _("reason"), max_length=20, choices=LeftReason.choices, blank=True
    )
    returns_on = models.DateField(_("plans to return on"), null=True, blank=True)
    continues = TenantKey(
        "self",
        null=True,
        blank=True,
        verbose_name=_("continues"),
        related_name="continued_by",
    )

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
                condition=~Q(state=EnrolmentState.CERTIFIED) | Q(certified_on__isnull=False),
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
        PERMIT_EXPIRED = "permit_expired", _("Permit expired")
        TRANSFER = "transfer", _("Moved to another cohort")
        RE_ENTRY = "re_entry", _("Came back without a seat on the track")
        CORRECTION = "correction", _("Correction of a mistake")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("adviser",)

    enrolment = TenantKey(Enrolment, related_name="track_decisions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    track = models.CharField(_("track"), max_length=10, choices=Track.choices)
    decided_on = models.DateField(_("decided on"))
    reason = models.CharField(_("reason"), max_length=30, choices=Reason.choices)
    adviser = models.CharField(_("counselled by"), max_length=120, blank=True)
    counselling = TenantKey("trainees.Counselling", null=True, related_name="decisions")

    class Meta(TenantModel.Meta):
        verbose_name = _("track decision")

    def __str__(self):
        return f"{self.track} on {self.decided_on}"


@audited
class Counselling(TenantModel):
    """A talk in which somebody was advised on home or away; a decision rests on one."""

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By telephone")
        VIDEO = "video", _("By video")
        GROUP = "group", _("In a group")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("adviser", "note")

    enrolment = TenantKey(Enrolment, related_name="counsellings")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    adviser = models.CharField(_("counselled by"), max_length=120)
    held_on = models.DateField(_("counselled on"))
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.IN_PERSON)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("counselling")

    def __str__(self):
        return f"{self.held_on} {self.get_form_display()}"


@audited
class EnrolmentChange(TenantModel):
    """A move of an enrolment that has a reason: who left, came back or moved, when and why."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("note",)

    enrolment = TenantKey(Enrolment, related_name="changes")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    source = models.CharField(_("from"), max_length=20, choices=EnrolmentState.choices)
    target = models.CharField(_("to"), max_length=20, choices=EnrolmentState.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=LeftReason.choices, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    changed_on = models.DateField(_("on"))
    returns_on = models.DateField(_("plans to return on"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("change of an enrolment")
        verbose_name_plural = _("changes of enrolments")

    def __str__(self):
        return f"{self.source} → {self.target}"
