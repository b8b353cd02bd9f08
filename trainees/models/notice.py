"""What the nightly sweep found waiting: a deadline near or past, told once until it is met."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class NoticeQuerySet(TenantQuerySet):
    """Notices by standing."""

    def open(self):
        """Return what still waits."""
        return self.filter(met_at=None)


class Notice(TenantModel):
    """Something that waits for the centre, about a cohort or about one person."""

    class Kind(models.TextChoices):
        WINDOW_CLOSING = "window_closing", _("Track choice closes soon")
        UNDECIDED = "undecided", _("Track choice closed, nothing decided")
        LANGUAGE_DUE = "language_due", _("Language of the away track not shown in time")
        LANGUAGE_EXPIRING = "language_expiring", _("Language result lapses before departure")
        STEP_OVERDUE = "step_overdue", _("Step takes longer than usual")
        OFFER_OVERDUE = "offer_overdue", _("Offer without an answer")
        FOLLOW_UP_DUE = "follow_up_due", _("Follow-up is due")
        RETURN_DUE = "return_due", _("Planned return has come")
        FLOOR_EXCEEDED = "floor_exceeded", _("More on the away track than the home floor leaves")

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is made and met by the nightly sweep from rows that are audited"
    of_person = "person"

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    centre = TenantKey("partnerships.Organisation", related_name="+")
    cohort = TenantKey("training.Cohort", null=True, related_name="+")
    person = TenantKey("trainees.Person", null=True, related_name="+")
    about = models.UUIDField()
    due_on = models.DateField(_("due on"))
    raised_at = models.DateTimeField(_("since"))
    met_at = models.DateTimeField(_("met"), null=True)

    objects = tenant_manager(NoticeQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "about", "due_on"], name="notice_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "centre", "due_on"], condition=Q(met_at=None), name="notice_open"
            )
        ]

    def __str__(self):
        return self.get_kind_display()
