"""What a person agreed to: for which purpose, to whom, where, in which words, and until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.audience import EVERYONE
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.models.person import Person


class Purpose(models.TextChoices):
    """What data may be used for beyond the training itself."""

    PROPOSAL = "proposal", _("Proposed to employers, without name")
    PLACEMENT = "placement", _("Given to the employer and the authorities who prepare the start")
    SERVICES = "services", _("Given to employment services")
    FOLLOW_UP = "follow_up", _("Asked after the training how it went on")
    RESEARCH = "research", _("Used in studies, without name")


@audited
class ConsentWording(TenantModel):
    """The words a person is asked with; a new version never changes what was agreed before."""

    audience = (EVERYONE,)

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    texts = models.JSONField(_("text by language"), default=dict)
    in_force_from = models.DateField(_("in force from"))

    class Meta(TenantModel.Meta):
        verbose_name = _("wording of a consent")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "version"], name="consent_wording_version_once"
            )
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.version}"

    def text(self, language: str) -> str:
        """Return the words in a language, in English where they were never translated."""
        return self.texts.get(language) or self.texts.get("en", "")


class ConsentQuerySet(TenantQuerySet):
    """Consents by standing."""

    def in_force(self):
        """Return consents that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def to_proposals_in_one_country(self):
        """Return consents to be proposed to anybody, but in one country alone."""
        return self.in_force().filter(
            purpose=Purpose.PROPOSAL, recipient=None, country__isnull=False
        )


@audited
class Consent(TenantModel):
    """One consent, given once and withdrawn at most once; giving it again is a new row."""

    class Through(models.TextChoices):
        FORM = "form", _("Application form")
        LIST = "list", _("List sent by the centre")
        DESK = "desk", _("Told to the centre or the agency")
        OWN_PAGE = "own_page", _("The person’s own page")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"

    person = TenantKey(Person, related_name="consents")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    recipient = TenantKey(
        "partnerships.Organisation", null=True, verbose_name=_("only to"), related_name="+"
    )
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        verbose_name=_("only in"),
        related_name="+",
    )
    wording = TenantKey(ConsentWording, verbose_name=_("words"), related_name="+")
    language = models.CharField(_("language"), max_length=10)
    given_at = models.DateTimeField(_("given at"))
    given_through = models.CharField(_("given through"), max_length=20, choices=Through.choices)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_through = models.CharField(
        _("withdrawn through"), max_length=20, choices=Through.choices, blank=True
    )

    objects = tenant_manager(ConsentQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "purpose", "recipient", "country"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="consent_in_force_once",
                violation_error_message=_("This consent is in force already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_through="")
                | (Q(withdrawn_at__gte=F("given_at")) & ~Q(withdrawn_through="")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent is withdrawn after it was given."),
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.given_at:%Y-%m-%d}"
