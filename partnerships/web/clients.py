"""Pages of machine clients: who calls the API, and their secrets, shown once."""

from allauth.idp.oidc.models import Client
from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from gsp.web.views import DeskList, DeskPage, DeskView
from gsp.workflow import Refused
from partnerships.actions import clients
from partnerships.models import Membership, Organisation
from partnerships.roles import MACHINE_ROLES, ROLE_OF_KIND, Permission, Role


class ClientForm(forms.Form):
    """A new machine client."""

    name = forms.CharField(
        label=_("Name of the system"), max_length=100, help_text=_("Such as: SAP, head office")
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Acts for"),
        required=False,
        empty_label=_("the agency"),
        to_field_name="slug",
        help_text=_("It sees and does what this organisation may, and nothing else."),
    )
    role = forms.ChoiceField(
        label=_("Role at the agency"),
        choices=[(role.value, role.label) for role in MACHINE_ROLES],
        help_text=_("Counts only for a system of the agency itself."),
    )

    def __init__(self, *args, **kwargs):
        """Offer the organisations of the open scope."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            kind__in=ROLE_OF_KIND
        ).order_by("name", "id")


class ClientList(DeskList):
    """The machine clients of the agency and its organisations."""

    permission = Permission.MANAGE_CLIENTS
    template_name = "clients/list.html"

    def get_queryset(self):
        """Return the machine members, newest first."""
        return (
            Membership.objects.filter(user__is_machine=True)
            .select_related("user", "organisation")
            .order_by("-id")
        )

    def get_context_data(self, **kwargs):
        """Put each member's client beside it."""
        context = super().get_context_data(**kwargs)
        members = list(context["page_obj"])
        owned = Client.objects.filter(owner__in=[member.user_id for member in members])
        by_owner = {client.owner_id: client for client in owned}
        context["rows"] = [(member, _shown(by_owner.get(member.user_id))) for member in members]
        return context


def _shown(client: Client | None) -> dict | None:
    if client is None:
        return None
    known = client.data or {}
    return {
        "id": client.pk,
        "secret_set_at": parse_datetime(known["secret_set_at"]) if known else None,
        "secret_set_by": known.get("secret_set_by", ""),
    }


class ClientDetail(DeskPage):
    """One client, and what can be done with it."""

    permission = Permission.MANAGE_CLIENTS
    template_name = "clients/client.html"

    def get_context_data(self, uid, **kwargs):
        """Show the machine member and its client, if it still has one."""
        member = machine_member(uid)
        client = _shown(Client.objects.filter(owner=member.user_id).first())
        above = [{"label": _("Machine clients"), "url": self.desk.url("clients")}]
        return super().get_context_data(member=member, client=client, crumbs=above, **kwargs)


class ClientPage(DeskPage):
    """Base of the pages that hand a secret over; browsers must not keep them."""

    permission = Permission.MANAGE_CLIENTS
    write_permission = Permission.MANAGE_CLIENTS

    def dispatch(self, request, *args, **kwargs):
        """Answer with ``Cache-Control: no-store``."""
        return never_cache(super().dispatch)(request, *args, **kwargs)

    def hand_over(self, handover: clients.Handover):
        """Show client and secret, this once, in the answer to the form itself."""
        self.template_name = "clients/secret.html"
        token_url = self.request.build_absolute_uri(reverse("idp:oidc:token"))
        desk = handover.member.organisation.slug if handover.member.organisation else "agency"
        context = {
            "handover": handover,
            "token_url": token_url,
            "api_url": self.request.build_absolute_uri(f"/api/v1/{self.desk.agency.slug}/{desk}/"),
            "crumbs": self.crumbs(),
        }
        return self.render_to_response(context)

    def crumbs(self) -> list[dict]:
        """Return the pages above this one."""
        return [{"label": _("Machine clients"), "url": self.desk.url("clients")}]


class ClientNew(ClientPage):
    """Create a client."""

    template_name = "clients/new.html"

    def get(self, request):
        """Show the form."""
        return self._show(ClientForm())

    def post(self, request):
        """Create it and show its secret, or show the form again with what is wrong."""
        form = ClientForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            made = clients.create(
                form.cleaned_data["organisation"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                by=self.desk.member,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return self._show(form)
        return self.hand_over(made)

    def _show(self, form):
        return self.render_to_response({"form": form, "crumbs": self.crumbs()})


class ClientRotate(ClientPage):
    """Give a client a new secret."""

    http_method_names = ["post"]

    def post(self, request, uid):
        """Rotate and show the new secret."""
        member = machine_member(uid)
        try:
            made = clients.rotate_secret(member, by=self.desk.member, at=timezone.now())
        except Refused as refusal:
            raise Http404 from refusal
        return self.hand_over(made)


class ClientRevoke(DeskView):
    """End a client."""

    permission = Permission.MANAGE_CLIENTS
    write_permission = Permission.MANAGE_CLIENTS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Revoke and go back to the list."""
        member = machine_member(uid)
        return self.attempt(
            lambda: clients.revoke(member, by=self.desk.member, at=timezone.now()),
            done=_("The client is revoked; its tokens no longer work."),
            back=self.desk.url("clients"),
        )


def machine_member(uid) -> Membership:
    """Return the machine member of an identifier, or answer 404.

    Raises:
        Http404: there is none in the scope.

    """
    rows = Membership.objects.select_related("user", "organisation", "tenant")
    found = rows.filter(user__is_machine=True, uid=uid).first()
    if found is None:
        raise Http404
    return found
