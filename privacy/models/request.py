"""What people ask about the data held on them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from privacy.states import REQUEST, RequestState


class DataRequestQuerySet(TenantQuerySet):
    """Requests by standing."""

    def open(self):
        """Return requests that nobody has answered."""
        return self.filter(state=RequestState.OPEN)


@audited
class DataRequest(TenantModel):
    """A correction, an objection, a complaint or an erasure that a person asks for."""

    class Kind(models.TextChoices):
        CORRECT = "correct", _("Correct my data")
        OBJECT = "object", _("Object to a use of my data")
        COMPLAIN = "complain", _("Complain")
        ERASE = "erase", _("Erase my data")

    audience = ()  # a complaint may be about the centre: staff alone read it
    lifecycle = REQUEST
    of_person = "person"

    person = TenantKey("trainees.Person", verbose_name=_("person"), related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = EncryptedTextField(_("what they ask"), blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("answer due on"))
    answer = EncryptedTextField(_("answer"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=RequestState.choices,
        default=RequestState.OPEN,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(DataRequestQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN) | Q(state_changed_at__isnull=False),
                name="data_request_answered_has_moment",
                violation_error_message=_("An answered request has its moment."),
            )
        ]
        indexes = [models.Index(fields=["tenant", "state", "due_on"], name="data_request_due")]

    def __str__(self):
        return self.get_kind_display()
