"""Machine clients: systems that call the API for one organisation, or for the agency."""

import secrets
from dataclasses import dataclass

from allauth.idp.oidc.models import Client, Token
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from partnerships import rules
from partnerships.models import Membership
from partnerships.roles import ROLE_OF_KIND, Permission, Role

SCOPE = "api"
ADDRESS = "{client}@machine.invalid"  # a domain that never receives mail (RFC 2606)


@dataclass(frozen=True, slots=True)
class Handover:
    """A client and its secret, which only this object knows: the database holds a hash."""

    client: Client
    member: Membership
    secret: str


@transaction.atomic
def create(organisation, *, name: str, by, at, role: Role = Role.AUDITOR) -> Handover:
    """Give ``organisation`` a machine client; without one, give it to the agency as ``role``.

    Raises:
        Refused: there is no name, or organisations of this kind have no role.
        NotAllowed: ``by`` may not manage clients.

    """
    rules.may(by, Permission.MANAGE_CLIENTS)
    name = name.strip()
    if not name:
        raise Refused(_("Give the system a name."), field="name", code="required")
    role = _role(organisation, role)
    client, secret = Client(name=name[:100]), secrets.token_urlsafe(32)
    user = get_user_model().objects.create_user(
        ADDRESS.format(client=client.pk), name=name[:150], is_machine=True
    )
    member = Membership.objects.create(user=user, organisation=organisation, role=role)
    client.owner = user
    client.type = Client.Type.CONFIDENTIAL
    client.created_at = at
    client.response_types = ""
    client.set_grant_types([Client.GrantType.CLIENT_CREDENTIALS])
    client.set_scopes([SCOPE])
    client.set_default_scopes([SCOPE])
    _set_secret(client, secret, by, at)
    return Handover(client, member, secret)


@transaction.atomic
def rotate_secret(member, *, by, at) -> Handover:
    """Give the client of a machine member a new secret; the old one and all tokens end.

    Raises:
        Refused: the member is no machine, or its client is revoked.
        NotAllowed: ``by`` may not manage clients.

    """
    rules.may(by, Permission.MANAGE_CLIENTS)
    client, secret = client_of(member), secrets.token_urlsafe(32)
    Token.objects.filter(client=client).delete()
    _set_secret(client, secret, by, at)
    return Handover(client, member, secret)


@transaction.atomic
def revoke(member, *, by, at) -> None:
    """End the client of a machine member for good: its tokens, its secret and its membership.

    Raises:
        Refused: the member is no machine, or its client is revoked already.
        NotAllowed: ``by`` may not manage clients.

    """
    rules.may(by, Permission.MANAGE_CLIENTS)
    client_of(member).delete()
    member.user.is_active = False
    member.user.save(update_fields=["is_active"])
    member.is_active = False
    member.save(update_fields=["is_active"])


def client_of(member) -> Client:
    """Return the client a machine member signs in with.

    Raises:
        Refused: there is none.

    """
    client = Client.objects.filter(owner=member.user_id).select_for_update().first()
    if client is None or not member.user.is_machine:
        raise Refused(_("This client is revoked. Create a new one."), code="client_revoked")
    return client


def _role(organisation, role: Role) -> Role:
    if organisation is None:
        rules.machine_may_be(role)
        return role
    if organisation.kind not in ROLE_OF_KIND:
        raise Refused(
            _("Organisations of the kind “%(kind)s” have no access of their own.")
            % {"kind": organisation.get_kind_display()},
            field="organisation",
            code="kind_without_role",
        )
    return ROLE_OF_KIND[organisation.kind]


def _set_secret(client: Client, secret: str, by, at) -> None:
    client.set_secret(secret)
    client.data = {"secret_set_at": at.isoformat(), "secret_set_by": str(getattr(by, "user", by))}
    client.save()
