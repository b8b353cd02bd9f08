"""Cohorts: people who take one course together, towards home or away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from training.states import COHORT, CohortState

IN_PIPELINE = (CohortState.PLANNED, CohortState.RECRUITING, CohortState.IN_TRAINING)


class CohortQuerySet(TenantQuerySet):
    """Cohorts by standing."""

    def in_pipeline(self):
        """Return cohorts whose graduates are still to come."""
        return self.filter(state__in=IN_PIPELINE)


@audited
class Cohort(TenantModel):
    """One intake of a course, with seats per track and the window to choose in."""

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = COHORT

    partnership = TenantKey(
        "partnerships.Partnership", verbose_name=_("partnership"), related_name="cohorts"
    )
    course = TenantKey("training.Course", verbose_name=_("course"), related_name="cohorts")
    centre = TenantKey(
        "partnerships.Organisation", verbose_name=_("training centre"), related_name="cohorts"
    )
    code = models.CharField(_("code"), max_length=40)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    home_seats = models.PositiveIntegerField(_("home seats"))
    away_seats = models.PositiveIntegerField(_("away seats"))
    decision_opens_on = models.DateField(_("track choice opens on"))
    decision_closes_on = models.DateField(_("track choice closes on"))
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=CohortState.choices,
        default=CohortState.PLANNED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(CohortQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "centre", "code"],
                name="cohort_code_once_per_centre",
                violation_error_message=_("This centre already has a cohort with this code."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(decision_closes_on__gte=F("decision_opens_on")),
                name="cohort_decision_window_ordered",
                violation_error_message=_("The track choice closes before it opens."),
            ),
        ]

    def __str__(self):
        return self.code
