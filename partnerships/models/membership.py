"""Memberships: a user's desk at the agency or at one organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from gsp.tenancy.scope import ScopeError, current
from partnerships.roles import PERMISSIONS, STAFF_ROLES, Permission, Role


class MembershipQuerySet(TenantQuerySet):
    """Memberships by standing."""

    def active(self):
        """Return memberships that give access."""
        return self.filter(is_active=True, user__is_active=True)


class OwnMemberships(models.Manager.from_queryset(MembershipQuerySet)):
    """The signed-in user's memberships in every agency, inside ``own_rows(user)``."""

    def get_queryset(self):
        """Return the rows that name the user of the open scope.

        Raises:
            ScopeError: ``own_rows`` is not open.

        """
        opened = current()
        if opened is None or opened.user is None:
            raise ScopeError("Own memberships are only reachable inside own_rows(user).")
        return super().get_queryset().filter(user_id=opened.user)


@audited
class Membership(TenantModel):
    """A user's role at one desk: the agency's own (no organisation) or an organisation's."""

    audience = ("organisation",)
    own_rows_sql = "user_id = {user}"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("user"), related_name="+"
    )
    organisation = TenantKey(
        "partnerships.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    is_active = models.BooleanField(_("active"), default=True)

    objects = tenant_manager(MembershipQuerySet)
    own = OwnMemberships()

    class Meta(TenantModel.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "organisation"],
                nulls_distinct=False,
                name="membership_one_role_per_desk",
                violation_error_message=_("This person already has a role here; change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(organisation=None, role__in=sorted(STAFF_ROLES))
                | (models.Q(organisation__isnull=False) & ~models.Q(role__in=sorted(STAFF_ROLES))),
                name="membership_role_fits_desk",
                violation_error_message=_(
                    "Agency roles belong to the agency, the other roles to an organisation."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    def may(self, permission: Permission) -> bool:
        """Tell whether this role carries the permission."""
        return permission in PERMISSIONS[Role(self.role)]
