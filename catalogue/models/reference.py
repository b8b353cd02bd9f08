"""Countries, languages and currencies, with names in the reader's language."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.localised import localised_name


class Country(models.Model):
    """A country or territory of ISO 3166-1, and Kosovo as XK."""

    alpha2 = models.CharField(_("two-letter code"), max_length=2, primary_key=True)
    alpha3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=Q(alpha2__regex=r"^[A-Z]{2}$") & Q(alpha3__regex=r"^[A-Z]{3}$"),
                name="country_codes_are_capitals",
                violation_error_message=_("A country code is two or three capital letters."),
            ),
        ]

    def __str__(self):
        return self.localised_name()

    def localised_name(self, language: str | None = None) -> str:
        """Return the name in a language such as ``de``; the active one where None."""
        return localised_name("territories", self.pk, otherwise=self.name, language=language)


class Language(models.Model):
    """A language: its two letters of ISO 639-1 where it has them, else its three of ISO 639-3."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    alpha3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z]{2,3}$") & Q(alpha3__regex=r"^[a-z]{3}$"),
                name="language_codes_are_small_letters",
                violation_error_message=_("A language code is two or three small letters."),
            ),
        ]

    def __str__(self):
        return self.localised_name()

    def localised_name(self, language: str | None = None) -> str:
        """Return the name in a language such as ``de``; the active one where None."""
        return localised_name("languages", self.pk, otherwise=self.name, language=language)


class Currency(models.Model):
    """A currency of ISO 4217 that is paid out, with the number of its decimal places."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    minor_units = models.PositiveSmallIntegerField(_("decimal places"))

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{3}$"),
                name="currency_code_is_capitals",
                violation_error_message=_("A currency code is three capital letters."),
            ),
            models.CheckConstraint(
                condition=Q(minor_units__lte=4),
                name="currency_has_at_most_four_decimals",
                violation_error_message=_("A currency has at most four decimal places."),
            ),
        ]

    def __str__(self):
        return f"{self.localised_name()} ({self.code})"

    def localised_name(self, language: str | None = None) -> str:
        """Return the name in a language such as ``de``; the active one where None."""
        return localised_name("currencies", self.pk, otherwise=self.name, language=language)
