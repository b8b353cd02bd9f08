"""Pages of members and of what roles may do."""

from allauth.account.forms import ResetPasswordForm
from allauth.core.context import request_context
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships import queries
from partnerships.actions import members as actions
from partnerships.models import Membership
from partnerships.roles import PERMISSIONS, STAFF_ROLES, Permission, Role
from partnerships.rules import roles_of
from partnerships.web.filters import MemberFilter
from partnerships.web.forms import InvitationForm, RoleForm


class MemberList(DeskList):
    """Everybody with a desk at this agency."""

    permission = Permission.VIEW_MEMBERS
    template_name = "partnerships/members.html"
    filterset_class = MemberFilter

    def get_queryset(self):
        """Return members with user and organisation."""
        return queries.member_rows()

    def get_context_data(self, **kwargs):
        """Add whether members may be changed."""
        may_edit = self.may(Permission.EDIT_MEMBERS)
        return super().get_context_data(**kwargs) | {"may_edit": may_edit}


class MemberNew(FormPage):
    """Invite somebody."""

    permission = write_permission = Permission.EDIT_MEMBERS
    form_class = InvitationForm
    title = gettext_lazy("Invite a member")
    subtitle = gettext_lazy("Who has no account yet gets an e-mail with a link to set a password.")
    submit = gettext_lazy("Invite")
    done = gettext_lazy("The member is invited.")

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Members"), "url": self.desk.url("members")}]

    def act(self, facts):
        """Invite, and send the link once that is committed."""
        member = actions.invite(**facts, by=self.desk.member, at=timezone.now())
        if not member.user.has_usable_password():
            transaction.on_commit(lambda: _send_link(self.request, member.user.email))
        return self.cancel()


def _send_link(request, email: str) -> None:
    with request_context(request):
        form = ResetPasswordForm({"email": email})
        if form.is_valid():
            form.save(request)


class MemberEdit(FormPage):
    """Give another role."""

    permission = write_permission = Permission.EDIT_MEMBERS
    form_class = RoleForm
    title = gettext_lazy("Change the role")
    submit = gettext_lazy("Save")
    done = gettext_lazy("The role is changed.")

    def find(self, uid):
        """Find the member."""
        self.member = get_object_or_404(queries.member_rows(), uid=uid)
        self.subtitle = f"{self.member.user.name}, {self.member.organisation or self.desk.agency}"

    def make_form(self, data=None):
        """Offer the roles that fit the desk."""
        form = super().make_form(data)
        form.fields["role"].choices = [
            (role.value, role.label) for role in roles_of(self.member.organisation)
        ]
        return form

    def initial(self):
        """Return the role now held."""
        return {"role": self.member.role}

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Members"), "url": self.desk.url("members")}]

    def act(self, facts):
        """Change the role."""
        actions.change_role(self.member, facts["role"], by=self.desk.member, at=timezone.now())
        return self.cancel()


class MemberStanding(DeskView):
    """Deactivate a member, or let them back in."""

    permission = write_permission = Permission.EDIT_MEMBERS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Deactivate unless ``reactivate`` is posted."""
        member = get_object_or_404(Membership.objects.select_related("user"), uid=uid)
        name = {"name": member.user.name}
        if request.POST.get("reactivate"):
            action, done = actions.reactivate, _("%(name)s is let in again.") % name
        else:
            action, done = actions.deactivate, _("%(name)s no longer has this desk.") % name
        return self.attempt(
            lambda: action(member, by=self.desk.member, at=timezone.now()),
            done=done,
            back=self.desk.url("members"),
        )


class Roles(DeskPage):
    """The table of permissions, in words."""

    permission = Permission.VIEW_MEMBERS
    template_name = "partnerships/roles.html"

    def get_context_data(self, **kwargs):
        """Add the table: one row a permission, one column a role."""
        roles = list(Role)
        return super().get_context_data(**kwargs) | {
            "roles": roles,
            "staff_count": len(STAFF_ROLES),
            "other_count": len(roles) - len(STAFF_ROLES),
            "rows": [
                (permission.label, [permission in PERMISSIONS[role] for role in roles])
                for permission in Permission
            ],
        }
