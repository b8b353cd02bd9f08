"""Credentials: what was certified, frozen; what identifies the holder, sealed; who checked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from credentials.states import CREDENTIAL, CredentialState, EndReason
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager

LIST_LENGTH = 131_072  # bits of one status list: the least the standard allows, for privacy


class CredentialQuerySet(TenantQuerySet):
    """Credentials by standing."""

    def standing(self):
        """Return what is neither revoked nor superseded; it may have expired."""
        return self.filter(state=CredentialState.ISSUED)

    def ended(self):
        """Return what is revoked or superseded: the bits set in the status lists."""
        return self.exclude(state=CredentialState.ISSUED)


@audited
class Credential(TenantModel):
    """One certificate of one enrolment.

    ``statement`` holds what was certified as it was that day (see ``credentials.statement``),
    without a name. ``code_digest`` is the SHA-256 of the public code; ``status_list`` and
    ``status_index`` name its bit in the published lists.
    """

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = CREDENTIAL
    of_person = "person"
    erased_fields = ("note",)

    enrolment = TenantKey("trainees.Enrolment", related_name="credentials")
    person = TenantKey("trainees.Person", verbose_name=_("trainee"), related_name="credentials")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    cohort = TenantKey("training.Cohort", verbose_name=_("cohort"), related_name="credentials")
    key = TenantKey("credentials.SigningKey", related_name="credentials")
    issuing = TenantKey("credentials.Issuing", null=True, related_name="credentials")
    replaces = TenantKey("self", null=True, related_name="replaced_by")
    code_digest = models.CharField(max_length=64, editable=False)
    statement = models.JSONField(_("statement"))
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    status_list = models.PositiveIntegerField()
    status_index = models.PositiveIntegerField()
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=CredentialState.choices,
        default=CredentialState.ISSUED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=12, choices=EndReason.choices, blank=True)
    note = models.CharField(_("note for the centre and the agency"), max_length=500, blank=True)

    objects = tenant_manager(CredentialQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=Q(state=CredentialState.ISSUED),
                name="one_credential_of_enrolment_stands",
            ),
            models.UniqueConstraint(fields=["tenant", "code_digest"], name="credential_code_once"),
            models.UniqueConstraint(
                fields=["tenant", "status_list", "status_index"], name="credential_bit_once"
            ),
            models.CheckConstraint(
                condition=Q(status_index__lt=LIST_LENGTH),
                name="credential_bit_in_list",
                violation_error_message=_("The status list is shorter than this."),
            ),
            models.CheckConstraint(
                condition=Q(state=CredentialState.ISSUED, ended_on=None, end_reason="")
                | (
                    ~Q(state=CredentialState.ISSUED) & Q(ended_on__isnull=False) & ~Q(end_reason="")
                ),
                name="credential_end_has_day_and_reason",
                violation_error_message=_("An ended certificate has a day and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                name="credential_valid_after_issue",
                violation_error_message=_("The certificate would expire before it is issued."),
            ),
        ]

    def __str__(self):
        return f"{self.statement['course']['title']} {self.issued_on}"


class SealedCredential(TenantModel):
    """What identifies the holder: the name, the code, and both signed forms, as issued.

    ``document`` is the JSON with its embedded proof, ``token`` the compact JWS. They are written
    once, and emptied when the holder is erased.
    """

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is written with its audited credential; erasure must leave no copy"
    of_person = "credential__person"
    erased_fields = ("code", "holder_name", "document", "token")

    credential = TenantKey(Credential, on_delete=models.CASCADE, related_name="sealed")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    code = EncryptedTextField()
    holder_name = EncryptedTextField(_("holder"))
    document = EncryptedTextField()
    token = EncryptedTextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "credential"], name="credential_sealed_once")
        ]

    def __str__(self):
        return f"sealed {self.credential_id}"


class Check(TenantModel):
    """How often a credential was looked up on one day. Nobody who checks is recorded."""

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "counts only"
    of_person = "credential__person"
    erased_fields = ()

    credential = TenantKey(Credential, on_delete=models.CASCADE, related_name="checks")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "credential", "day"], name="check_once_a_day")
        ]

    def __str__(self):
        return f"{self.times} on {self.day}"
