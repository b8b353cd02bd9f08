"""What every entry of a classification shares: an address for life, a title, an end."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import IContains
from django.utils.translation import gettext_lazy as _


class ConceptQuerySet(models.QuerySet):
    """Entries, by whether they still hold and by their title."""

    def current(self):
        """Keep what the release in force holds."""
        return self.filter(obsolete_since=None)

    def search(self, text: str):
        """Keep entries whose title, or one of whose alternative titles, contains the text."""
        text = " ".join(text.split())
        others = Func(
            F("alternative_titles"),
            Value("\n"),
            function="array_to_string",
            output_field=models.TextField(),
        )
        return self.filter(Q(title__icontains=text) | Q(IContains(others, Value(text))))


def obsolete_since_field(**options) -> models.ForeignKey:
    """Return the key to the release that no longer held a row; null while the row is current.

    Without an index: rows are read by whether it is null, which nearly all are.
    """
    return models.ForeignKey(
        "catalogue.Release",
        verbose_name=_("obsolete since"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        **options,
    )


def address_constraints(name: str) -> list[models.BaseConstraint]:
    """Return what the address and title of a concept must satisfy, named for its model."""
    return [
        models.UniqueConstraint(
            fields=["uri"],
            name=f"{name}_uri_is_unique",
            violation_error_message=_("This URI is already in the catalogue."),
        ),
        models.CheckConstraint(
            condition=~Q(uri="") & ~Q(title=""),
            name=f"{name}_has_uri_and_title",
            violation_error_message=_("An entry of the catalogue has a URI and a title."),
        ),
    ]


class Concept(models.Model):
    """An entry that other tables may refer to: never deleted, at most obsolete."""

    uri = models.CharField(_("URI"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    alternative_titles = ArrayField(
        models.TextField(), verbose_name=_("alternative titles"), default=list, blank=True
    )
    description = models.TextField(_("description"), blank=True)
    obsolete_since = obsolete_since_field()

    objects = ConceptQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title
