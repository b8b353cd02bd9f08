"""The agreement between two sides, and who takes part in it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel
from gsp.audit.track import audited
from gsp.tenancy.audience import PARTNERS
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from partnerships.models.agency import slug_shape
from partnerships.states import PARTNERSHIP, PartnershipState


class Sector(models.TextChoices):
    """Fields of work a partnership trains for."""

    CONSTRUCTION = "construction", _("Construction")
    ICT = "ict", _("Information and communication technology")
    TECHNICAL = "technical", _("Technical trades")
    HEALTH = "health", _("Health and care")
    HOSPITALITY = "hospitality", _("Hospitality and tourism")


class PartnershipQuerySet(TenantQuerySet):
    """Partnerships by standing."""

    def active(self):
        """Return partnerships the night works on."""
        return self.filter(state=PartnershipState.ACTIVE)


@audited
class Partnership(TenantModel):
    """A Global Skill Partnership: origin and destination agree to train for both tracks."""

    audience = (PARTNERS,)
    lifecycle = PARTNERSHIP

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=50, validators=[slug_shape])
    destination = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("destination"), related_name="+"
    )
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector.choices), verbose_name=_("sectors")
    )
    agreement_reference = models.CharField(_("agreement reference"), max_length=120, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    home_seats = models.PositiveIntegerField(_("home seats agreed"))
    away_seats = models.PositiveIntegerField(_("away seats agreed"))
    home_floor = models.DecimalField(
        _("home floor"),
        help_text=_("The least share of graduates who stay in the origin country, 0 to 1."),
        max_digits=4,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    away_language = models.ForeignKey(
        "catalogue.Language",
        models.PROTECT,
        verbose_name=_("language of the away track"),
        related_name="+",
        null=True,
        blank=True,
    )
    away_level = models.CharField(
        _("level needed"), max_length=2, choices=CefrLevel.choices, blank=True
    )
    away_language_days = models.PositiveSmallIntegerField(
        _("shown so many days before the training ends"),
        help_text=_("Empty: already when the track is chosen."),
        null=True,
        blank=True,
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("youngest age for the away track"), null=True, blank=True
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("oldest age for the away track"), null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=PartnershipState.choices,
        default=PartnershipState.DRAFT,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(PartnershipQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="partnership_slug_once"),
            models.CheckConstraint(
                condition=models.Q(home_floor__gte=0, home_floor__lte=1),
                name="partnership_home_floor_is_share",
                violation_error_message=_("The home floor is a share between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="partnership_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(away_language=None, away_level="")
                | models.Q(away_language__isnull=False) & ~models.Q(away_level=""),
                name="partnership_language_has_level",
                violation_error_message=_("A language needs its level, and a level its language."),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_age=None)
                | models.Q(maximum_age=None)
                | models.Q(maximum_age__gte=models.F("minimum_age")),
                name="partnership_ages_ordered",
                violation_error_message=_("The oldest age lies below the youngest."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def sector_labels(self) -> list:
        """Return the sectors in words."""
        return [Sector(sector).label for sector in self.sectors]


@audited
class PartnershipOrigin(TenantModel):
    """One country of origin of a partnership; a regional partnership has several."""

    audience = (PARTNERS,)

    partnership = TenantKey(Partnership, related_name="origins")
    country = models.ForeignKey("catalogue.Country", models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partnership", "country"], name="partnership_origin_once"
            )
        ]

    def __str__(self):
        return self.country_id


@audited
class Participation(TenantModel):
    """An organisation takes part in a partnership; this is what opens the partnership to it."""

    audience = ("organisation",)

    partnership = TenantKey(Partnership, related_name="participations")
    organisation = TenantKey("partnerships.Organisation", related_name="participations")
    since = models.DateField(_("since"))

    class Meta(TenantModel.Meta):
        verbose_name = _("participation")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partnership", "organisation"],
                name="participation_once",
                violation_error_message=_("This organisation already takes part."),
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "partnership"], name="participation_of"),
        ]

    def __str__(self):
        return f"{self.organisation_id} in {self.partnership_id}"
