"""The keys an agency signs with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantModel, TenantQuerySet, tenant_manager


class SigningKeyQuerySet(TenantQuerySet):
    """Keys by standing."""

    def in_force(self):
        """Return the key that signs now, if there is one."""
        return self.filter(retired_at=None)


class SigningKey(TenantModel):
    """An Ed25519 key of the agency. A retired one signs no more; its public half stays published.

    ``public_key`` is base64url of 32 bytes, as in a JWK; ``name`` is the JWK's thumbprint. The
    private half is destroyed when the key retires.
    """

    audience = ()
    writers = ()
    audit_exempt = "keeps its own dates; no copy of a private key may outlive its retirement"

    name = models.CharField(_("key"), max_length=43)
    public_key = models.CharField(_("public key"), max_length=43)
    private_key = EncryptedTextField(_("private key"), blank=True)
    valid_from = models.DateTimeField(_("signs since"))
    made_by = models.CharField(_("by"), max_length=150)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = tenant_manager(SigningKeyQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(retired_at=None), name="one_key_signs"
            ),
            models.UniqueConstraint(fields=["tenant", "name"], name="signing_key_once"),
        ]

    def __str__(self):
        return self.name
