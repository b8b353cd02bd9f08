"""The way from a decided track into work, step by step, and the follow-ups afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.journey_states import (
    CLOSED,
    FOLLOW_UP_MONTHS,
    LIFECYCLES,
    USUAL,
    JourneyState,
    PlacementKind,
)
from trainees.states import Track

TRACKS = [(track.value, track.label) for track in (Track.HOME, Track.AWAY)]


class JourneyQuerySet(TenantQuerySet):
    """Journeys by standing."""

    def open(self):
        """Return journeys that go on."""
        return self.filter(closed_at=None)

    def overdue(self, on):
        """Return open journeys whose state should have been left before ``on``."""
        return self.open().filter(due_on__lt=on)


@audited
class Journey(TenantModel):
    """One person's way into work on one track. An enrolment has at most one that is open.

    ``departed_on`` stays once somebody was sent abroad: the home floor counts by it.
    """

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"

    enrolment = TenantKey("trainees.Enrolment", related_name="journeys")
    person = TenantKey("trainees.Person", related_name="journeys")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    track = models.CharField(_("track"), max_length=10, choices=TRACKS)
    state = models.CharField(
        _("state"), max_length=30, choices=JourneyState.choices, editable=False
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    departs_on = models.DateField(_("planned departure"), null=True, blank=True)
    departed_on = models.DateField(_("departed on"), null=True, blank=True)
    work_started_on = models.DateField(_("work started on"), null=True, blank=True)
    placement_kind = models.CharField(
        _("kind of work"), max_length=20, choices=PlacementKind.choices, blank=True
    )

    objects = tenant_manager(JourneyQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=Q(closed_at=None),
                name="journey_one_open_per_enrolment",
                violation_error_message=_("This trainee already has an open journey."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=[s for s in JourneyState if s not in CLOSED])
                | Q(closed_at__isnull=False, state__in=CLOSED),
                name="journey_closed_has_end",
                violation_error_message=_("A journey is closed by one of its ends."),
            ),
            models.CheckConstraint(
                condition=Q(track=Track.AWAY) | Q(departed_on=None),
                name="journey_home_never_departs",
                violation_error_message=_("Nobody departs on the home track."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_on"], condition=Q(closed_at=None), name="journey_due"
            )
        ]

    def __str__(self):
        return f"{self.track}: {self.state}"

    @property
    def lifecycle(self):
        """Return the table of moves of this track."""
        return LIFECYCLES[self.track]

    @property
    def usual(self) -> list[tuple[JourneyState, bool]]:
        """Return the states of the usual way, each with whether it is reached."""
        way = USUAL[self.track]
        here = way.index(self.state) if self.state in way else -1
        return [(state, place <= here) for place, state in enumerate(way)]


@audited
class JourneyStep(TenantModel):
    """One move of a journey: from where to where, when, why."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "journey__person"
    erased_fields = ("note",)

    journey = TenantKey(Journey, related_name="steps")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    source = models.CharField(max_length=30, choices=JourneyState.choices, blank=True)
    target = models.CharField(_("state"), max_length=30, choices=JourneyState.choices)
    happened_on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta(TenantModel.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return f"{self.source} → {self.target}"


@audited
class FollowUp(TenantModel):
    """A question after 3, 6 or 12 months of work: both tracks by the same clock."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CONTACTED = "contacted", _("Contacted")
        ANSWERED = "answered", _("Answered")
        UNREACHABLE = "unreachable", _("Unreachable")
        DROPPED = "dropped", _("No longer due")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("note",)

    journey = TenantKey(Journey, related_name="follow_ups")
    person = TenantKey("trainees.Person", related_name="follow_ups")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    months = models.PositiveSmallIntegerField(_("after months"))
    started_on = models.DateField(_("work started on"))
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=20, choices=State.choices, default=State.PLANNED
    )
    contacted_on = models.DateField(_("contacted on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "journey", "started_on", "months"], name="follow_up_once"
            ),
            models.CheckConstraint(
                condition=Q(months__in=FOLLOW_UP_MONTHS),
                name="follow_up_after_3_6_or_12_months",
                violation_error_message=_("Follow-ups are after 3, 6 and 12 months."),
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answered_on__isnull=False),
                name="follow_up_answered_has_day",
                violation_error_message=_("Say when the answer came."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "status", "due_on"], name="follow_up_due")]

    def __str__(self):
        return f"{self.months} months: {self.status}"
