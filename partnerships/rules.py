"""What partnerships, organisations and members must satisfy; these refuse, they never write."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from gsp.workflow import NotAllowed, Refused
from partnerships.models import Membership
from partnerships.roles import MACHINE_ROLES, ROLE_OF_KIND, STAFF_ROLES, Role


def may(by, permission) -> None:
    """Require a permission.

    Raises:
        NotAllowed: ``by`` lacks it.

    """
    if not by.may(permission):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")


def may_act_for(organisation_id: int, permission, by) -> None:
    """Allow the organisation itself and the agency's staff, each with the permission.

    Raises:
        NotAllowed: the permission is missing, or ``by`` belongs to another organisation.

    """
    may(by, permission)
    if getattr(by, "organisation_id", None) not in (None, organisation_id):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")


def is_valid(row) -> None:
    """Check fields and constraints of a row before it is written.

    Raises:
        Refused: with the first field that is wrong and what is wrong with it.

    """
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        field = "" if field == NON_FIELD_ERRORS else field
        raise Refused(messages[0], field=field, code="invalid") from error


def address_is_free(row) -> None:
    """Refuse an address that another row of its kind has.

    Raises:
        Refused: it is taken.

    """
    if type(row).objects.filter(slug=row.slug).exists():
        raise Refused(
            _("This address is taken; choose another."), field="slug", code="address_taken"
        )


def roles_of(organisation) -> list[Role]:
    """Return the roles of a desk: the agency's own for None, else that of the organisation."""
    if organisation is None:
        return [role for role in Role if role in STAFF_ROLES]
    fitting = ROLE_OF_KIND.get(organisation.kind)
    return [fitting] if fitting else []


def role_fits(role: str, organisation) -> None:
    """Allow agency roles at the agency's own desk, and to each organisation the role of its kind.

    Raises:
        Refused: the role belongs to another kind of desk.

    """
    if organisation is None:
        if Role(role) not in STAFF_ROLES:
            raise Refused(
                _("“%(role)s” is a role in an organisation: choose the organisation.")
                % {"role": Role(role).label},
                field="organisation",
                code="role_needs_organisation",
            )
        return
    fitting = ROLE_OF_KIND.get(organisation.kind)
    if fitting is None:
        raise Refused(
            _("Members of “%(organisation)s” have no desk here: %(kind)s has no role.")
            % {"organisation": organisation, "kind": organisation.get_kind_display()},
            field="organisation",
            code="kind_without_role",
        )
    if Role(role) != fitting:
        raise Refused(
            _("In “%(organisation)s” the role is “%(role)s”.")
            % {"organisation": organisation, "role": fitting.label},
            field="role",
            code="role_of_other_desk",
        )


def machine_may_be(role: str) -> None:
    """Refuse a role at the agency that is a person's alone.

    Raises:
        Refused: systems of the agency read, or work as an officer; they never direct.

    """
    if role not in MACHINE_ROLES:
        raise Refused(
            _("A system of the agency is an auditor or a programme officer."),
            field="role",
            code="role_not_for_machines",
        )


def leaves_a_director(member: Membership) -> None:
    """Refuse to take the role from the agency's last active director.

    Locks the directors, so that two of them cannot remove each other at once.

    Raises:
        Refused: nobody could invite members any more.

    """
    if member.role != Role.AGENCY_DIRECTOR:
        return
    directors = Membership.objects.active().filter(role=Role.AGENCY_DIRECTOR)
    locked = directors.select_for_update(of=("self",)).order_by("id")
    if [director.pk for director in locked] == [member.pk]:
        raise Refused(
            _("This is the last director. Make somebody else director first."),
            field="role",
            code="last_director",
        )


def may_take_part(partnership, organisation) -> None:
    """Refuse an organisation that takes part already.

    Raises:
        Refused: it does.

    """
    if partnership.participations.filter(organisation=organisation).exists():
        raise Refused(
            _("“%(organisation)s” already takes part.") % {"organisation": organisation},
            field="organisation",
            code="takes_part_already",
        )


def has_nothing_running(participation) -> None:
    """Refuse to end the part of an organisation whose work in the partnership goes on.

    Raises:
        Refused: it has open demand or an unfinished cohort there.

    """
    partnership, organisation = participation.partnership, participation.organisation
    cohorts = partnership.cohorts.filter(centre=organisation).in_pipeline().count()
    demands = partnership.demands.filter(employer=organisation).open().count()
    if cohorts or demands:
        raise Refused(
            _(
                "“%(organisation)s” still has %(cohorts)s cohorts in training and %(demands)s open "
                "demands here. Close them first."
            )
            % {"organisation": organisation, "cohorts": cohorts, "demands": demands},
            field="organisation",
            code="still_running",
        )
