"""The scheme of a call: who is eligible, and what the eligible are scored by."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel
from selection.models.call import Call


@audited
class EligibilityRule(TenantModel):
    """One condition of a call; its kind is the reason code of whoever does not meet it."""

    class Kind(models.TextChoices):
        AGE = "age", _("Age")
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        EDUCATION = "education", _("Education")
        LANGUAGE = "language", _("Language")
        EMPLOYMENT = "employment", _("Employment")
        EXPERIENCE = "experience", _("Years of work")

    audience = ("centre",)
    writers = ("centre",)

    call = TenantKey(Call, on_delete=models.CASCADE, related_name="rules")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.CharField(_("about"), max_length=20, choices=Kind.choices)
    minimum = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    # Codes of countries or of employment, names of regions; of a language, its code and level.
    values = models.JSONField(_("one of"), default=list, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("eligibility rule")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "call", "kind", "values"],
                name="eligibility_rule_once",
                violation_error_message=_("The call has this rule already."),
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=models.F("minimum")),
                name="eligibility_rule_range_ordered",
                violation_error_message=_("The upper bound lies below the lower one."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def reason(self) -> str:
        """Return the code noted for whoever fails it, such as ``age`` or ``language:de``."""
        if self.kind == self.Kind.LANGUAGE:
            return f"{self.kind}:{self.values[0]}"
        return self.kind


@audited
class Criterion(TenantModel):
    """What applications are scored by. Criteria break ties in their order."""

    class Scorer(models.TextChoices):
        ANYBODY = "anybody", _("Centre or agency")
        CENTRE = "centre", _("The training centre")
        AGENCY = "agency", _("The agency")

    audience = ("centre",)
    writers = ("centre",)

    call = TenantKey(Call, on_delete=models.CASCADE, related_name="criteria")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    code = models.SlugField(_("code"), max_length=30)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what earns which points"), blank=True, max_length=2000)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    scale = models.PositiveSmallIntegerField(
        _("highest points"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    scored_by = models.CharField(
        _("who scores"), max_length=10, choices=Scorer.choices, default=Scorer.ANYBODY
    )
    is_anonymous = models.BooleanField(
        _("scored without seeing who it is"),
        default=True,
        help_text=_("An interview cannot be anonymous; a letter can."),
    )
    position = models.PositiveSmallIntegerField(_("order"))

    class Meta(TenantModel.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "call", "code"],
                name="criterion_code_once",
                violation_error_message=_("The call has a criterion with this code."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "call", "position"], name="criterion_position_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 100), scale__range=(1, 100)),
                name="criterion_weight_and_scale",
                violation_error_message=_("Weight and highest points go from 1 to 100."),
            ),
        ]

    def __str__(self):
        return self.title
