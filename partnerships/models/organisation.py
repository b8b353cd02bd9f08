"""Organisations of an agency: the inner wall stands around each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantModel, TenantQuerySet, tenant_manager
from partnerships.models.agency import slug_shape

AGENCY_DESK = "agency"


class OrganisationQuerySet(TenantQuerySet):
    """Organisations by kind and standing."""

    def of_kind(self, kind):
        """Return organisations of one kind."""
        return self.filter(kind=kind)

    def verified(self):
        """Return organisations the agency has verified."""
        return self.filter(verified_on__isnull=False)


@audited
class Organisation(TenantModel):
    """A training centre, employer, employment service, authority or federation."""

    class Kind(models.TextChoices):
        TRAINING_CENTRE = "training_centre", _("Training centre")
        EMPLOYER = "employer", _("Employer")
        EMPLOYMENT_SERVICE = "employment_service", _("Employment service")
        AUTHORITY = "authority", _("Authority")
        FEDERATION = "federation", _("Federation")

    audience = ("id",)
    # Before a desk is chosen, a user sees the organisations they are a member of.
    own_rows_sql = (
        "id IN (SELECT mine.organisation_id FROM partnerships_membership mine "
        "WHERE mine.user_id = {user})"
    )

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=50, validators=[slug_shape])
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    country = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("country"), related_name="+"
    )
    registry_number = models.CharField(_("registry number"), max_length=60, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = tenant_manager(OrganisationQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "slug"],
                name="organisation_slug_once",
                violation_error_message=_("This address is taken; choose another."),
            ),
            models.CheckConstraint(
                condition=~models.Q(slug=AGENCY_DESK),
                name="organisation_slug_not_agency",
                violation_error_message=_("“agency” is kept for the agency's own desk."),
            ),
        ]

    def __str__(self):
        return self.name
