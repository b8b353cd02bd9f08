"""Pages of partnerships: list, new, terms, state and who takes part."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskView
from partnerships import queries
from partnerships.actions import partnerships as actions
from partnerships.models import Participation, Partnership
from partnerships.roles import Permission
from partnerships.web.filters import PartnershipFilter
from partnerships.web.forms import NewPartnershipForm, ParticipantForm, TermsForm


class PartnershipList(DeskList):
    """The partnerships this desk may see."""

    permission = Permission.VIEW_PARTNERSHIPS
    template_name = "partnerships/partnerships.html"
    filterset_class = PartnershipFilter

    def get_queryset(self):
        """Return them with their countries."""
        return queries.partnership_rows()

    def get_context_data(self, **kwargs):
        """Add whether a new one may be drafted."""
        may_edit = self.may(Permission.EDIT_PARTNERSHIPS)
        return super().get_context_data(**kwargs) | {"may_edit": may_edit}


class PartnershipNew(FormPage):
    """Draft a partnership."""

    permission = write_permission = Permission.EDIT_PARTNERSHIPS
    form_class = NewPartnershipForm
    title = gettext_lazy("New partnership")
    subtitle = gettext_lazy("It starts as a draft; activate it once the agreement is signed.")
    submit = gettext_lazy("Save draft")
    done = gettext_lazy("The partnership is drafted.")

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Partnerships"), "url": self.desk.url("partnerships")}]

    def act(self, facts):
        """Draft it."""
        made = actions.draft(**facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("partnership", uid=made.uid)


class PartnershipEdit(PartnershipNew):
    """Change the terms."""

    form_class = TermsForm
    title = gettext_lazy("Change the terms")
    subtitle = ""
    submit = gettext_lazy("Save terms")
    done = gettext_lazy("The terms are saved.")

    def find(self, uid):
        """Find the partnership."""
        self.partnership = get_object_or_404(Partnership, uid=uid)

    def make_form(self, data=None):
        """Bind the form to the partnership."""
        return self.form_class(data, instance=self.partnership, initial=self.initial())

    def initial(self):
        """Return what the form shows differently from the table."""
        return {
            "origins": list(self.partnership.origins.values_list("country_id", flat=True)),
            "home_floor": (self.partnership.home_floor * 100).normalize(),
        }

    def crumbs(self):
        """Return the list and the partnership."""
        page = self.desk.url("partnership", uid=self.partnership.uid)
        return [*super().crumbs(), {"label": self.partnership.name, "url": page}]

    def act(self, facts):
        """Change it."""
        actions.change(self.partnership, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("partnership", uid=self.partnership.uid)


class PartnershipMove(DeskView):
    """Activate, suspend or close."""

    permission = write_permission = Permission.EDIT_PARTNERSHIPS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Move it to the posted state."""
        partnership = get_object_or_404(Partnership, uid=uid)
        return self.attempt(
            lambda: actions.move_to(
                partnership,
                request.POST.get("state", ""),
                by=self.desk.member,
                at=timezone.now(),
            ),
            done=_("The partnership's state is changed."),
            back=self.desk.url("partnership", uid=uid),
        )


class ParticipantNew(FormPage):
    """Add an organisation."""

    permission = write_permission = Permission.EDIT_PARTNERSHIPS
    title = gettext_lazy("Add an organisation")
    subtitle = gettext_lazy("It will see the partnership and take part in its work.")
    submit = gettext_lazy("Add")
    done = gettext_lazy("The organisation takes part.")

    def find(self, uid):
        """Find the partnership."""
        self.partnership = get_object_or_404(Partnership, uid=uid)

    def make_form(self, data=None):
        """Offer the organisations that do not take part yet."""
        joining = queries.may_join(self.partnership)
        return ParticipantForm(data, organisations=joining, initial={"since": timezone.localdate()})

    def crumbs(self):
        """Return the list and the partnership."""
        page = self.desk.url("partnership", uid=self.partnership.uid)
        return [
            {"label": _("Partnerships"), "url": self.desk.url("partnerships")},
            {"label": self.partnership.name, "url": page},
        ]

    def act(self, facts):
        """Add it."""
        actions.add_participant(self.partnership, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class ParticipationEnd(DeskView):
    """Close the partnership to an organisation."""

    permission = write_permission = Permission.EDIT_PARTNERSHIPS
    http_method_names = ["post"]

    def post(self, request, uid):
        """End the participation."""
        rows = Participation.objects.select_related("partnership", "organisation")
        participation = get_object_or_404(rows, uid=uid)
        partnership = participation.partnership
        return self.attempt(
            lambda: actions.end_participation(
                participation, by=self.desk.member, at=timezone.now()
            ),
            done=_("The organisation no longer takes part."),
            back=self.desk.url("partnership", uid=partnership.uid),
        )
