"""Runs of the night and the gaps they found; once written they do not change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.states import Term
from gsp.audit.track import audited
from gsp.tenancy.audience import PARTNERS
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.states import Track


class RunQuerySet(TenantQuerySet):
    """Runs by age."""

    def latest_of(self, partnership):
        """Return the newest run of a partnership, or None."""
        return self.filter(partnership=partnership).order_by("-as_of", "-id").first()


@audited
class Run(TenantModel):
    """One night of one partnership: what went in (its hash), with which rules, what came out."""

    audience = (PARTNERS,)

    partnership = TenantKey(
        "partnerships.Partnership", verbose_name=_("partnership"), related_name="runs"
    )
    as_of = models.DateField(_("as of"))
    input_hash = models.CharField(_("input hash"), max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=20)
    catalogue_version = models.CharField(_("catalogue version"), max_length=80)
    terms = models.JSONField(_("terms"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    seconds = models.JSONField(_("seconds per stage"), default=dict)
    finished_at = models.DateTimeField(_("finished at"))

    objects = tenant_manager(RunQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        indexes = [
            models.Index(fields=["tenant", "partnership", "-as_of", "-id"], name="run_latest")
        ]

    def __str__(self):
        return f"{self.as_of}"


class Gap(TenantModel):
    """Demand, local supply, pipeline and gap of one occupation, country and term."""

    audience = (PARTNERS,)
    audit_exempt = "written once by its run, which is audited"

    run = TenantKey(Run, related_name="gaps")
    partnership = TenantKey("partnerships.Partnership", related_name="+")
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    country = models.ForeignKey("catalogue.Country", models.PROTECT, related_name="+")
    term = models.CharField(_("term"), max_length=10, choices=Term.choices)
    openings = models.PositiveIntegerField(_("openings"))
    demand = models.DecimalField(_("demand"), max_digits=12, decimal_places=2)
    supply = models.DecimalField(_("local supply"), max_digits=12, decimal_places=2)
    pipeline = models.DecimalField(_("pipeline"), max_digits=12, decimal_places=2)
    gap = models.DecimalField(_("gap"), max_digits=12, decimal_places=2)
    tension = models.DecimalField(_("tension"), max_digits=10, decimal_places=3, null=True)
    parts = models.JSONField(_("parts"), default=dict)
    missing = models.JSONField(_("missing figures"), default=list)

    class Meta(TenantModel.Meta):
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "occupation", "country", "term"], name="gap_once_per_run"
            )
        ]

    def __str__(self):
        return f"{self.occupation_id} {self.country_id} {self.term}"


class Unmatched(TenantModel):
    """A trainee, or openings of a demand, that the run could not place, and why."""

    audience = ("centre", "employer")
    of_person = "enrolment__person"
    audit_exempt = "written once by its run, which is audited"

    run = TenantKey(Run, related_name="unmatched")
    enrolment = TenantKey("trainees.Enrolment", null=True, related_name="+")
    demand = TenantKey("employers.Demand", null=True, related_name="+")
    centre = TenantKey("partnerships.Organisation", null=True, related_name="+")
    employer = TenantKey("partnerships.Organisation", null=True, related_name="+")
    track = models.CharField(_("track"), max_length=10, choices=Track.choices)
    openings = models.PositiveIntegerField(_("openings"), default=0)
    reason = models.CharField(_("reason"), max_length=40)
    nearest = models.JSONField(_("nearest"), default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=True, demand__isnull=False)
                | models.Q(enrolment__isnull=False, demand__isnull=True),
                name="unmatched_is_trainee_or_demand",
            )
        ]
        indexes = [models.Index(fields=["tenant", "run", "reason"], name="unmatched_of_run")]

    def __str__(self):
        return self.reason
