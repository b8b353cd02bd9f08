"""A call for applications: who may apply until when, and how places are given."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from partnerships.models.agency import slug_shape
from selection.states import CALL, CallState


class CallQuerySet(TenantQuerySet):
    """Calls by standing."""

    def published(self):
        """Return calls whose page anybody may open."""
        return self.exclude(state=CallState.DRAFT)


@audited
class Call(TenantModel):
    """A call for the places of one cohort. ``seed`` decides what nothing else could."""

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = CALL

    cohort = TenantKey("training.Cohort", verbose_name=_("cohort"), related_name="calls")
    centre = TenantKey(
        "partnerships.Organisation", verbose_name=_("training centre"), related_name="+"
    )
    code = models.SlugField(_("public address"), max_length=30, validators=[slug_shape])
    titles = models.JSONField(_("title by language"), default=dict)
    texts = models.JSONField(_("text by language"), default=dict)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1)])
    home_places = models.PositiveIntegerField(_("of these for home"), null=True, blank=True)
    away_places = models.PositiveIntegerField(_("of these for away"), null=True, blank=True)
    waiting_places = models.PositiveIntegerField(
        _("longest waiting list"),
        null=True,
        blank=True,
        help_text=_("Empty: everybody who reaches the minimum score waits."),
    )
    minimum_score = models.DecimalField(
        _("minimum score"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of 100. Whoever stays below is rejected even if places are free."),
    )
    scorers = models.PositiveSmallIntegerField(
        _("scorers for each application"), choices=[(1, _("One")), (2, _("Two"))], default=1
    )
    tolerance = models.PositiveSmallIntegerField(
        _("points two scorers may differ by"),
        null=True,
        blank=True,
        help_text=_("Beyond it a third one scores, and the middle value counts."),
    )
    offer_days = models.PositiveSmallIntegerField(
        _("days to answer an offer"), default=7, validators=[MinValueValidator(1)]
    )
    asks_disability = models.BooleanField(
        _("ask about disability"),
        default=False,
        help_text=_("Optional for the applicant, shown only as counts, never scored."),
    )
    seed = models.CharField(_("seed of the lot"), max_length=64, blank=True)
    offers_sent_at = models.DateTimeField(_("offers sent at"), null=True, editable=False)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=CallState.choices,
        default=CallState.DRAFT,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(CallQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("call for applications")
        verbose_name_plural = _("calls for applications")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                name="call_code_once",
                violation_error_message=_("Another call has this address; choose another."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
                violation_error_message=_("The call closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(home_places=None, away_places=None)
                | Q(
                    home_places__isnull=False,
                    away_places__isnull=False,
                    places=F("home_places") + F("away_places"),
                ),
                name="call_places_add_up",
                violation_error_message=_(
                    "The places for home and away must add up to all places, or both stay empty."
                ),
            ),
        ]

    def __str__(self):
        return self.title()

    @property
    def is_split(self) -> bool:
        """Tell whether home and away have lists of their own."""
        return self.home_places is not None

    @property
    def is_undecided(self) -> bool:
        """Tell whether rules, criteria and scores may still change."""
        return self.state not in (CallState.DECIDED, CallState.ENDED, CallState.CANCELLED)

    def title(self, language: str = "") -> str:
        """Return the title in a language, the reader's own if none is named."""
        return _said(self.titles, language) or self.code

    def text(self, language: str = "") -> str:
        """Return what the call says, as ``title`` does."""
        return _said(self.texts, language)

    def asked(self, language: str = "") -> list[dict]:
        """Return the questions in a language: ``[{"key", "label", "longest"}]``."""
        return [
            {**one, "label": _said(one["labels"], language) or one["key"]} for one in self.questions
        ]


def _said(by_language: dict[str, str], language: str) -> str:
    wanted = (language or get_language() or "en").split("-")[0]
    known = by_language.get(wanted) or by_language.get("en")
    return known or next(iter(by_language.values()), "")
