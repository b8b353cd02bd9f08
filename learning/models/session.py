"""Sessions of a cohort, and who was there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from learning.states import SESSION, Presence, SessionState


class SessionQuerySet(TenantQuerySet):
    """Sessions by standing and time."""

    def planned(self):
        """Return sessions that take place, or took place."""
        return self.filter(state=SessionState.PLANNED)

    def between(self, first, last):
        """Return sessions that lie, or partly lie, between two moments."""
        return self.filter(starts_at__lt=last, ends_at__gt=first)


@audited
class Session(TenantModel):
    """One lesson of a cohort, of a module or of the course as a whole."""

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = SESSION

    cohort = TenantKey("training.Cohort", verbose_name=_("cohort"), related_name="sessions")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    module = TenantKey(
        "training.Module",
        null=True,
        blank=True,
        verbose_name=_("module"),
        related_name="sessions",
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    trainer = models.CharField(_("trainer"), max_length=120, blank=True)
    away_only = models.BooleanField(_("away track only"), default=False)
    cancel_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=SessionState.choices,
        default=SessionState.PLANNED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(SessionQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The session ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.CANCELLED) | ~Q(cancel_reason=""),
                name="session_cancelled_says_why",
                violation_error_message=_("Say why the session is cancelled."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "centre", "starts_at"], name="session_of_centre"),
            models.Index(fields=["tenant", "cohort", "starts_at"], name="session_of_cohort"),
        ]

    def __str__(self):
        return f"{self.cohort_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@audited
class Attendance(TenantModel):
    """How one trainee took part in one session. ``recorded_at`` tells two editors apart."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "enrolment__person"
    erased_fields = ("note",)

    session = TenantKey(Session, related_name="attendance")
    enrolment = TenantKey("trainees.Enrolment", related_name="attendance")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    status = models.CharField(_("attendance"), max_length=10, choices=Presence.choices)
    minutes_late = models.PositiveSmallIntegerField(_("minutes late"), default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=150)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "session", "enrolment"],
                name="attendance_once",
                violation_error_message=_("The attendance of this trainee is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_late=0) | Q(status=Presence.LATE),
                name="attendance_minutes_of_the_late",
                violation_error_message=_("Only who is late has minutes."),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.status}"
