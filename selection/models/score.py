"""Scores, offers of places, and forms that are not yet sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from selection.models.application import Application
from selection.models.call import Call
from selection.models.scheme import Criterion


@audited
class Score(TenantModel):
    """The points one scorer gave one application for one criterion."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "application__person"
    erased_fields = ("comment",)

    call = TenantKey(Call, related_name="scores")
    application = TenantKey(Application, on_delete=models.CASCADE, related_name="scores")
    criterion = TenantKey(Criterion, related_name="scores")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    value = models.PositiveSmallIntegerField(_("points"))
    comment = EncryptedTextField(_("comment"), blank=True)
    scorer = models.BigIntegerField(_("user"))
    scored_by = models.CharField(_("scored by"), max_length=150)
    scored_at = models.DateTimeField(_("scored at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "application", "criterion", "scorer"], name="score_once"
            )
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.value}"


class OfferQuerySet(TenantQuerySet):
    """Offers by standing."""

    def outstanding(self):
        """Return offers that were sent and wait for an answer."""
        return self.filter(answer="", sent_at__isnull=False)


@audited
class Offer(TenantModel):
    """A place offered to an applicant, open until its deadline."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Application withdrawn")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "application__person"

    call = TenantKey(Call, related_name="offers")
    application = TenantKey(Application, on_delete=models.CASCADE, related_name="offers")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    made_at = models.DateTimeField(_("made at"))
    deadline = models.DateTimeField(_("answer until"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = tenant_manager(OfferQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("offer of a place")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "application"], name="offer_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="offer_answer_has_moment",
                violation_error_message=_("An answer needs its moment."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "deadline"], condition=Q(answer=""), name="offer_waiting"
            )
        ]

    def __str__(self):
        return f"until {self.deadline:%Y-%m-%d}"


class Draft(TenantModel):
    """A public form saved to be finished later; found by its code alone, gone after 30 days."""

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "holds what was never submitted, and only for 30 days"

    call = TenantKey(Call, on_delete=models.CASCADE, related_name="drafts")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    code_sha256 = models.CharField(max_length=64)
    answers = EncryptedTextField()
    language = models.CharField(max_length=10)
    saved_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code_sha256"], name="draft_code_once")
        ]

    def __str__(self):
        return f"draft of {self.saved_at:%Y-%m-%d}"
