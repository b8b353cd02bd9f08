"""One tree of occupations: the groups of ISCO-08 and, below them, the occupations of ESCO."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Least, Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from catalogue.models.concept import Concept, ConceptQuerySet, address_constraints
from catalogue.models.guards import KEPT_FOR_GOOD


class OccupationLevel(models.IntegerChoices):
    """How deep an entry lies: the four levels of ISCO-08, then ESCO."""

    MAJOR_GROUP = 1, _("Major group")
    SUB_MAJOR_GROUP = 2, _("Sub-major group")
    MINOR_GROUP = 3, _("Minor group")
    UNIT_GROUP = 4, _("Unit group")
    OCCUPATION = 5, _("Occupation")


class OccupationQuerySet(ConceptQuerySet):
    """Occupations and the groups above them."""

    def unit_groups(self):
        """Keep the ISCO-08 unit groups, the level at which workforce figures are kept."""
        return self.filter(level=OccupationLevel.UNIT_GROUP)

    def occupations(self):
        """Keep the ESCO occupations, leaving the groups of ISCO-08 aside."""
        return self.filter(level=OccupationLevel.OCCUPATION)


class Occupation(Concept):
    """A group of ISCO-08 or an occupation of ESCO.

    ``isco_code`` has as many digits as the group is deep; an ESCO occupation bears the four
    digits of its unit group, and its own ``code``, such as 2512.4.
    """

    isco_code = models.CharField(_("ISCO-08 code"), max_length=4, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=OccupationLevel.choices)
    code = models.CharField(_("code"), max_length=20, db_index=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    unit_group = models.ForeignKey(
        "self",
        verbose_name=_("unit group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
    )

    objects = OccupationQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        triggers = [KEPT_FOR_GOOD]
        constraints = [
            *address_constraints("occupation"),
            models.CheckConstraint(
                condition=Q(isco_code__regex=r"^[0-9]{1,4}$")
                & Q(Exact(Length("isco_code"), Least(F("level"), Value(4)))),
                name="occupation_isco_code_as_deep_as_level",
                violation_error_message=_("The ISCO-08 code has one digit for each level."),
            ),
            models.CheckConstraint(
                condition=Q(level=5) | Q(code=F("isco_code")),
                name="occupation_group_code_is_isco_code",
                violation_error_message=_("The code of an ISCO-08 group is its ISCO-08 code."),
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False),
                name="occupation_parent_below_major_group",
                violation_error_message=_("Only a major group stands without a parent."),
            ),
            models.CheckConstraint(
                condition=Q(level__lt=4, unit_group=None)
                | Q(level=4, unit_group=F("id"), unit_group__isnull=False)
                | Q(level=5, unit_group__isnull=False),
                name="occupation_unit_group_by_level",
                violation_error_message=_(
                    "A unit group is its own unit group, an occupation has one, a wider group none."
                ),
            ),
            models.UniqueConstraint(
                fields=["isco_code"],
                condition=Q(level__lt=5),
                name="occupation_one_group_per_isco_code",
                violation_error_message=_("This ISCO-08 group is already in the catalogue."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"
