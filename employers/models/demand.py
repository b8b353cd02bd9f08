"""Demand: openings an employer states, and what they require."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel, SkillLevel, SkillRelation
from employers.states import DEMAND, DemandState, Stage, Term
from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class DemandQuerySet(TenantQuerySet):
    """Demand by standing."""

    def open(self):
        """Return demand that still seeks people."""
        return self.filter(state=DemandState.OPEN)

    def ended(self, on):
        """Return open demand whose window closed before ``on``."""
        return self.open().filter(starts_until__lt=on)


@audited
class Demand(TenantModel):
    """Openings for one occupation at one employer, in the origin or the destination."""

    class WagePeriod(models.TextChoices):
        HOUR = "hour", _("per hour")
        MONTH = "month", _("per month")
        YEAR = "year", _("per year")

    audience = ("employer",)
    writers = ("employer",)
    lifecycle = DEMAND

    partnership = TenantKey(
        "partnerships.Partnership", verbose_name=_("partnership"), related_name="demands"
    )
    employer = TenantKey(
        "partnerships.Organisation", verbose_name=_("employer"), related_name="demands"
    )
    reference = models.CharField(_("your reference"), max_length=60, blank=True)
    occupation = models.ForeignKey(
        "catalogue.Occupation", models.PROTECT, verbose_name=_("occupation"), related_name="+"
    )
    country = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("country"), related_name="+"
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    openings = models.PositiveIntegerField(_("openings"), validators=[MinValueValidator(1)])
    term = models.CharField(_("term"), max_length=10, choices=Term.choices)
    stage = models.CharField(
        _("commitment"), max_length=20, choices=Stage.choices, default=Stage.EXPRESSED
    )
    starts_from = models.DateField(_("start from"))
    starts_until = models.DateField(_("start until"))
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=18)
    wage = models.DecimalField(_("wage"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.ForeignKey(
        "catalogue.Currency",
        models.PROTECT,
        verbose_name=_("currency"),
        null=True,
        blank=True,
        related_name="+",
    )
    wage_period = models.CharField(
        _("wage period"), max_length=10, choices=WagePeriod.choices, blank=True
    )
    withdrawal_reason = models.CharField(_("reason of withdrawal"), max_length=200, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=DemandState.choices,
        default=DemandState.OPEN,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(DemandQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("demand")
        verbose_name_plural = _("demand")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "employer", "reference"],
                condition=~Q(reference=""),
                name="demand_reference_once_per_employer",
                violation_error_message=_("You already used this reference for another demand."),
            ),
            models.CheckConstraint(
                condition=Q(openings__gte=1),
                name="demand_has_openings",
                violation_error_message=_("State at least one opening."),
            ),
            models.CheckConstraint(
                condition=Q(starts_until__gte=F("starts_from")),
                name="demand_window_ordered",
                violation_error_message=_("The last start lies before the first start."),
            ),
            models.CheckConstraint(
                condition=Q(wage=None, currency=None, wage_period="")
                | (Q(wage__gt=0, currency__isnull=False) & ~Q(wage_period="")),
                name="demand_wage_complete",
                violation_error_message=_("A wage needs its currency and its period."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.WITHDRAWN) | ~Q(withdrawal_reason=""),
                name="demand_withdrawn_with_reason",
                violation_error_message=_("Say why the demand is withdrawn."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state"], name="demand_of_partnership")
        ]

    def __str__(self):
        return self.reference or str(self.uid)


@audited
class DemandSkill(TenantModel):
    """A skill the openings require: essential or optional, from a level up."""

    audience = ("employer",)
    writers = ("employer",)

    demand = TenantKey(Demand, on_delete=models.CASCADE, related_name="skills")
    employer = TenantKey("partnerships.Organisation", related_name="+")
    skill = models.ForeignKey("catalogue.Skill", models.PROTECT, related_name="+")
    relation = models.CharField(_("importance"), max_length=10, choices=SkillRelation.choices)
    minimum_level = models.PositiveSmallIntegerField(
        _("minimum level"), choices=SkillLevel.choices, default=SkillLevel.BASIC
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "demand", "skill"], name="demand_skill_once"),
            models.CheckConstraint(
                condition=Q(minimum_level__range=(1, 4)), name="demand_skill_level_1_to_4"
            ),
        ]

    def __str__(self):
        return f"{self.skill_id} from {self.minimum_level}"


@audited
class DemandLanguage(TenantModel):
    """A language the openings require, from a CEFR level up."""

    audience = ("employer",)
    writers = ("employer",)

    demand = TenantKey(Demand, on_delete=models.CASCADE, related_name="languages")
    employer = TenantKey("partnerships.Organisation", related_name="+")
    language = models.ForeignKey("catalogue.Language", models.PROTECT, related_name="+")
    level = models.CharField(_("CEFR level"), max_length=2, choices=CefrLevel.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "demand", "language"], name="demand_language_once"
            )
        ]

    def __str__(self):
        return f"{self.language_id} {self.level}"
