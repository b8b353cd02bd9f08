"""The link by which a person opens their own page, without an account."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class OwnAccessQuerySet(TenantQuerySet):
    """Links by whether they open anything."""

    def usable(self, at):
        """Return links that are neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=at)

    def with_code(self, code: str):
        """Return the link with this code."""
        return self.filter(code_sha256=digest(code))


def digest(code: str) -> str:
    """Return what is kept of a code: a copy of the table opens no page."""
    return hashlib.sha256(code.encode()).hexdigest()


@audited
class OwnAccess(TenantModel):
    """One link with a code, given to one person; the code itself is not kept."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ()

    person = TenantKey("trainees.Person", related_name="+")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    code_sha256 = models.CharField(max_length=64, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    made_by = models.CharField(_("made by"), max_length=150)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = tenant_manager(OwnAccessQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("link to the own page")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code_sha256"], name="own_access_code_once"),
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(revoked_at=None),
                name="own_access_one_in_force",
            ),
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d}"
