"""Which version of which classification the catalogue holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.guards import KEPT_FOR_GOOD


class Classification(models.TextChoices):
    """The classifications the catalogue is filled from."""

    ISCO = "ISCO-08", "ISCO-08"
    ESCO = "ESCO", "ESCO"
    COUNTRIES = "ISO 3166", "ISO 3166"
    LANGUAGES = "ISO 639", "ISO 639"
    CURRENCIES = "ISO 4217", "ISO 4217"


class ReleaseQuerySet(models.QuerySet):
    """Releases, by what they are of."""

    def in_force(self, classification: str) -> "Release | None":
        """Return the release of a classification that was brought in last, None before any."""
        return self.filter(classification=classification).order_by("-imported_at", "-pk").first()


class Release(models.Model):
    """One version of a classification, brought in at one time."""

    STARTER = "starter"

    classification = models.CharField(
        _("classification"), max_length=20, choices=Classification.choices
    )
    version = models.CharField(_("version"), max_length=20)
    imported_at = models.DateTimeField(_("imported at"))
    source = models.TextField(_("source"), help_text=_("Names of the files it was read from."))
    counts = models.JSONField(_("counts"), default=dict)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        triggers = [KEPT_FOR_GOOD]
        constraints = [
            models.UniqueConstraint(
                fields=["classification", "version"],
                name="release_is_unique",
                violation_error_message=_("This release is already in the catalogue."),
            ),
        ]

    def __str__(self):
        return f"{self.classification} {self.version}"

    @property
    def is_starter(self) -> bool:
        """Return whether this is the small catalogue that comes with the platform."""
        return self.version == self.STARTER
