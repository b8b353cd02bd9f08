"""One order to issue the certificates of a whole cohort."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


@audited
class Issuing(TenantModel):
    """Certificates of a cohort, issued slice by slice; ``reached`` is the last enrolment's id.

    ``refused`` lists ``{"reference", "message"}`` of whom it could not serve.
    """

    audience = ("centre",)
    writers = ("centre",)

    cohort = TenantKey("training.Cohort", verbose_name=_("cohort"), related_name="issuings")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    member = models.BigIntegerField(_("member"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    total = models.PositiveIntegerField(_("to issue"))
    issued = models.PositiveIntegerField(_("issued"), default=0)
    refused = models.JSONField(_("refused"), default=list, blank=True)
    reached = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked for"))
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("order of certificates")
        verbose_name_plural = _("orders of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "cohort"],
                condition=Q(finished_at=None),
                name="one_issuing_of_cohort_runs",
            ),
            models.CheckConstraint(
                condition=Q(issued__lte=F("total")),
                name="issuing_issues_at_most_total",
                violation_error_message=_("More certificates than were asked for."),
            ),
        ]

    def __str__(self):
        return f"{self.issued} of {self.total}"
