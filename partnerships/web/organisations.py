"""Pages of organisations: list, one, new, change, verify."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships import queries
from partnerships.actions import organisations as actions
from partnerships.models import Organisation
from partnerships.roles import PERMISSIONS, Permission
from partnerships.rules import roles_of
from partnerships.web.filters import OrganisationFilter
from partnerships.web.forms import NewOrganisationForm, OrganisationForm


class OrganisationList(DeskList):
    """The organisations of the agency."""

    permission = Permission.VIEW_ORGANISATIONS
    template_name = "partnerships/organisations.html"
    filterset_class = OrganisationFilter

    def get_queryset(self):
        """Return them with country and number of partnerships."""
        return queries.organisation_rows()

    def get_context_data(self, **kwargs):
        """Add whether a new one may be registered."""
        may_edit = self.may(Permission.EDIT_ORGANISATIONS)
        return super().get_context_data(**kwargs) | {"may_edit": may_edit}


class OrganisationPage(DeskPage):
    """One organisation: who it is, where it takes part, who its members are."""

    permission = Permission.VIEW_ORGANISATIONS
    template_name = "partnerships/organisation.html"

    def get_context_data(self, uid, **kwargs):
        """Add the organisation, its partnerships and, where allowed, its members."""
        organisation = get_object_or_404(queries.organisation_rows(), uid=uid)
        members = queries.member_rows().filter(organisation=organisation)
        parts = organisation.participations.select_related("partnership")
        return super().get_context_data(**kwargs) | {
            "organisation": organisation,
            "participations": parts.order_by("partnership__name", "id"),
            "members": members if self.may(Permission.VIEW_MEMBERS) else None,
            "may_edit": self.may(Permission.EDIT_ORGANISATIONS),
            "may_set_reading": self.may(Permission.SEND_UPLOADS) and _sends_lists(organisation),
            "crumbs": [{"label": _("Organisations"), "url": self.desk.url("organisations")}],
        }


def _sends_lists(organisation) -> bool:
    return any(Permission.SEND_UPLOADS in PERMISSIONS[role] for role in roles_of(organisation))


class OrganisationNew(FormPage):
    """Register an organisation."""

    permission = write_permission = Permission.EDIT_ORGANISATIONS
    form_class = NewOrganisationForm
    title = gettext_lazy("Register an organisation")
    submit = gettext_lazy("Register")
    done = gettext_lazy("The organisation is registered. Verify it when you have checked it.")

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Organisations"), "url": self.desk.url("organisations")}]

    def act(self, facts):
        """Register it."""
        made = actions.register(**facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("organisation", uid=made.uid)


class OrganisationEdit(OrganisationNew):
    """Change an organisation."""

    form_class = OrganisationForm
    title = gettext_lazy("Change the organisation")
    submit = gettext_lazy("Save")
    done = gettext_lazy("The organisation is changed.")

    def find(self, uid):
        """Find it."""
        self.organisation = get_object_or_404(Organisation, uid=uid)

    def make_form(self, data=None):
        """Bind the form to it."""
        return self.form_class(data, instance=self.organisation)

    def crumbs(self):
        """Return the list and the organisation."""
        page = self.desk.url("organisation", uid=self.organisation.uid)
        return [*super().crumbs(), {"label": self.organisation.name, "url": page}]

    def act(self, facts):
        """Change it."""
        actions.change(self.organisation, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class OrganisationVerify(DeskView):
    """Verify, or take the verification back."""

    permission = write_permission = Permission.EDIT_ORGANISATIONS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Verify unless ``withdraw`` is posted."""
        organisation = get_object_or_404(Organisation, uid=uid)
        if request.POST.get("withdraw"):
            action, done = actions.withdraw_verification, _("The verification is withdrawn.")
        else:
            action, done = actions.verify, _("The organisation is verified.")
        return self.attempt(
            lambda: action(organisation, by=self.desk.member, at=timezone.now()),
            done=done,
            back=self.desk.url("organisation", uid=uid),
        )
