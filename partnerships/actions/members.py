"""Members: invite, change role, deactivate and let back in."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from gsp.workflow import Refused
from partnerships import rules
from partnerships.models import Membership
from partnerships.roles import Permission, Role

EDIT = Permission.EDIT_MEMBERS


@transaction.atomic
def invite(*, email: str, name: str, role: str, organisation=None, by, at) -> Membership:
    """Give a person a desk; who has no account yet gets one without a password.

    ``organisation`` is None for the agency's own desk. Sending the link to set a password is
    up to the caller, who knows the address of the site.

    Raises:
        Refused: the role does not fit the desk, the person has one there already, or the
            address belongs to a machine.
        NotAllowed: ``by`` may not edit members.

    """
    rules.may(by, EDIT)
    rules.role_fits(role, organisation)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    if user.is_machine:
        raise Refused(_("This address belongs to a machine."), field="email", code="is_machine")
    if Membership.objects.filter(user=user, organisation=organisation).exists():
        raise Refused(
            _("This person already has a role here; change that one."),
            field="email",
            code="member_already",
        )
    return Membership.objects.create(user=user, organisation=organisation, role=role)


@transaction.atomic
def change_role(member, role: str, *, by, at) -> Membership:
    """Give a member another role at the same desk.

    Raises:
        Refused: the role does not fit the desk or a machine, or this is the last director.
        NotAllowed: ``by`` may not edit members.

    """
    rules.may(by, EDIT)
    rules.role_fits(role, member.organisation)
    if member.user.is_machine and member.organisation is None:
        rules.machine_may_be(role)
    if role != Role.AGENCY_DIRECTOR:
        rules.leaves_a_director(member)
    member.role = role
    member.save(update_fields=["role"])
    return member


@transaction.atomic
def deactivate(member, *, by, at) -> Membership:
    """Close the desk to a member; what they did stays under their name.

    Raises:
        Refused: this is the last director.
        NotAllowed: ``by`` may not edit members.

    """
    rules.may(by, EDIT)
    rules.leaves_a_director(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    return member


@transaction.atomic
def reactivate(member, *, by, at) -> Membership:
    """Open the desk to a member again.

    Raises:
        NotAllowed: ``by`` may not edit members.

    """
    rules.may(by, EDIT)
    member.is_active = True
    member.save(update_fields=["is_active"])
    return member
