"""Workforce figures per country, region, occupation and quarter."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


@audited
class Figure(TenantModel):
    """One quarter of one occupation (an ISCO-08 unit group), as one service reports it."""

    audience = ("service",)
    writers = ("service",)

    service = TenantKey(
        "partnerships.Organisation", verbose_name=_("employment service"), related_name="+"
    )
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        verbose_name=_("country"),
        related_name="+",
        db_index=False,  # every question names the agency: figure_once_per_quarter serves it
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    occupation = models.ForeignKey(
        "catalogue.Occupation",
        models.PROTECT,
        verbose_name=_("occupation"),
        related_name="+",
        db_index=False,
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    employed = models.PositiveIntegerField(_("employed"), null=True, blank=True)
    unemployed = models.PositiveIntegerField(_("unemployed"), null=True, blank=True)
    vacancies = models.PositiveIntegerField(_("vacancies"), null=True, blank=True)
    vacancy_days = models.PositiveIntegerField(
        _("days that vacancies stood open"), null=True, blank=True
    )
    filled_vacancies = models.PositiveIntegerField(_("vacancies filled"), null=True, blank=True)
    closed_vacancies = models.PositiveIntegerField(
        _("vacancies closed unfilled"), null=True, blank=True
    )
    qualified_applicants = models.PositiveIntegerField(
        _("qualified applicants"), null=True, blank=True
    )
    suitable_applicants = models.PositiveIntegerField(
        _("suitable applicants"), null=True, blank=True
    )
    graduates = models.PositiveIntegerField(_("graduates"), null=True, blank=True)
    exits = models.PositiveIntegerField(_("exits from the occupation"), null=True, blank=True)
    wage = models.DecimalField(
        _("monthly wage"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.ForeignKey(
        "catalogue.Currency",
        models.PROTECT,
        verbose_name=_("currency"),
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=200)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("workforce figure")
        verbose_name_plural = _("workforce figures")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service", "country", "region", "occupation", "year", "quarter"],
                name="figure_once_per_quarter",
                violation_error_message=_("There is a figure for this occupation and quarter."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="figure_quarter_1_to_4",
                violation_error_message=_("Quarters go from 1 to 4."),
            ),
            models.CheckConstraint(
                condition=Q(wage=None, currency=None) | Q(wage__gt=0, currency__isnull=False),
                name="figure_wage_has_currency",
                violation_error_message=_("A wage needs its currency."),
            ),
        ]

    def __str__(self):
        return f"{self.country_id} {self.occupation_id} {self.year}-Q{self.quarter}"
