"""What is done about one person's data: consent, their own page, export, erasure."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskPage, DeskView
from partnerships.roles import Permission
from privacy.actions import access
from privacy.actions.erasure import erase
from privacy.actions.export import export
from privacy.models import Erasure
from privacy.web.forms import ErasureForm
from trainees.actions.consent import give, withdraw
from trainees.models import Person
from trainees.models.consent import Purpose


class Consent(DeskView):
    """The person agrees to a purpose, or no longer does."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Withdraw unless ``agrees`` is posted; without ``purpose`` it is about proposals."""
        person = get_object_or_404(Person, uid=uid)
        purpose = request.POST.get("purpose") or Purpose.PROPOSAL
        agrees = bool(request.POST.get("agrees"))
        act = give if agrees else withdraw
        return self.attempt(
            lambda: act(person, _known(purpose), by=self.desk.member, at=timezone.now()),
            done=_("The consent is recorded.") if agrees else _("The consent is withdrawn."),
            back=self.desk.url("trainee", uid=uid),
        )


def _known(purpose: str) -> str:
    return purpose if purpose in Purpose.values else Purpose.PROPOSAL


class OwnLink(DeskPage):
    """The link to the person's own page: shown once, replaced or withdrawn at any time."""

    permission = write_permission = Permission.EDIT_CASES
    template_name = "privacy/own_link.html"

    def get(self, request, uid, link=""):
        """Show whether there is a link; the code itself only right after it was made."""
        person = get_object_or_404(Person, uid=uid)
        context = self.get_context_data(
            person=person,
            link=link,
            access=access_of(person),
            crumbs=[
                {"label": _("Trainees"), "url": self.desk.url("trainees")},
                {"label": person.reference, "url": self.desk.url("trainee", uid=uid)},
            ],
        )
        return self.render_to_response(context)

    def post(self, request, uid):
        """Make a new link, or withdraw the one there is."""
        person = get_object_or_404(Person, uid=uid)
        now = timezone.now()
        if request.POST.get("revoke"):
            access.revoke_link(person, by=self.desk.member, at=now)
            messages.success(request, _("The link opens nothing any more."))
            return self.get(request, uid)
        _access, code = access.give_link(person, by=self.desk.member, at=now)
        place = reverse("own-page", kwargs={"agency": self.desk.agency.slug, "code": code})
        return self.get(request, uid, link=request.build_absolute_uri(place))


def access_of(person):
    """Return the link in force."""
    from privacy.queries import link_of

    return link_of(person, timezone.now())


class Export(DeskView):
    """Everything held on the person, as a file."""

    permission = write_permission = Permission.EXPORT_PERSON
    http_method_names = ["post"]

    def post(self, request, uid):
        """Send it; that it was taken out is noted."""
        person = get_object_or_404(Person, uid=uid)
        content = export(person, by=self.desk.member, at=timezone.now())
        return as_download(content, person)


def as_download(content: bytes, person) -> HttpResponse:
    """Return the archive as a download, named after the reference."""
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="person-{person.uid}.zip"'
    response["Cache-Control"] = "no-store"
    return response


class Erase(FormPage):
    """Erase what identifies a person, after the consequences were read."""

    permission = write_permission = Permission.MANAGE_PRIVACY
    form_class = ErasureForm
    title = gettext_lazy("Erase a person’s data")
    subtitle = gettext_lazy(
        "Names, birth date, documents, contacts, notes and files go, also from the audit trail. "
        "Counts, tracks and results stay without a name. This cannot be undone."
    )
    submit = gettext_lazy("Erase for ever")
    done = gettext_lazy("The data are erased.")

    def find(self, uid):
        """Find the person."""
        self.person = get_object_or_404(Person, uid=uid)

    def crumbs(self):
        """Return the person's page."""
        page = self.desk.url("trainee", uid=self.person.uid)
        return [{"label": self.person.reference, "url": page}]

    def initial(self):
        """Start with the commonest reason."""
        return {"reason": Erasure.Reason.ASKED}

    def act(self, facts):
        """Erase and go to the receipts."""
        erase(self.person, reason=facts["reason"], by=self.desk.member, at=timezone.now())
        return self.desk.url("trainee", uid=self.person.uid)
