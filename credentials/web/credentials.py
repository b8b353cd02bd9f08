"""Pages of certificates: list, one of them, its files, and what is done with it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials import addresses, codes, queries
from credentials.actions import credentials as actions
from credentials.certificate.page import pdf
from credentials.certificate.wording import WORDINGS
from credentials.states import CredentialState
from credentials.web.filters import CredentialFilter
from credentials.web.forms import RevokeForm, ValidityForm
from gsp.audit.models import Look, note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from trainees.models import Enrolment

SEES, ISSUES = Permission.VIEW_TRAINEES, Permission.ISSUE_CREDENTIALS
# What a credential is sent as: the JSON with its proof, or the token around it.
FORMS = {"json": "application/vc", "jwt": "application/vc+jwt"}


class CredentialList(DeskList):
    """The certificates of the centre, or of all centres for staff."""

    permission = SEES
    template_name = "credentials/credentials.html"
    filterset_class = CredentialFilter

    def get_queryset(self):
        """Return them, the newest first."""
        return queries.credentials().order_by("-id")

    def get_context_data(self, **kwargs):
        """Note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        note_looks([row.person for row in context["object_list"]], at=timezone.now())
        return context | {"may_see_keys": self.may(Permission.MANAGE_KEYS)}


class OfCredential(DeskView, abstract=True):
    """A page about one certificate."""

    def found(self, uid, *, kind=Look.Kind.LOOK):
        """Return the certificate with what is sealed, and note the look at its holder."""
        credential = get_object_or_404(queries.credentials(), uid=uid)
        note_looks([credential.person], kind=kind, at=timezone.now())
        return credential, queries.sealed_of(credential)


class CredentialPage(OfCredential, DeskPage):
    """One certificate: what it says, its files, how often it was checked, what came before."""

    permission = SEES
    template_name = "credentials/credential.html"

    def get_context_data(self, uid, **kwargs):
        """Add the certificate, and what this member may do with it."""
        credential, sealed = self.found(uid)
        total, days = queries.checks_of(credential)
        return super().get_context_data(**kwargs) | {
            "credential": credential,
            "sealed": sealed,
            "certified_on": date.fromisoformat(credential.statement["certified_on"]),
            "key_name": queries.key_name(credential),
            "code": codes.grouped(sealed.code),
            "public_url": addresses.verification(self.desk.agency.slug, sealed.code or "-"),
            "history": queries.history_of(credential),
            "checks": days,
            "check_total": total,
            "languages": [(code, words.name) for code, words in WORDINGS.items()],
            "may_issue": self.may(ISSUES) and credential.state == CredentialState.ISSUED,
            "crumbs": [{"label": _("Certificates"), "url": self.desk.url("credentials")}],
        }


class CredentialPdf(OfCredential):
    """The certificate on paper."""

    permission = SEES

    def get(self, request, uid):
        """Send it in the language asked for by ``?language=``, else that of the page."""
        credential, sealed = self.found(uid, kind=Look.Kind.EXPORT)
        wanted = request.GET.get("language", request.LANGUAGE_CODE)
        language = wanted if wanted in WORDINGS else "en"
        if not sealed.document:
            return HttpResponse(status=410)
        content = pdf(queries.printed(credential, sealed), language)
        name = f"certificate-{credential.person.reference}-{language}.pdf"
        return _attached(content, "application/pdf", name)


class CredentialFile(OfCredential):
    """The certificate as verifiable credential."""

    permission = SEES

    def get(self, request, uid, form):
        """Send the JSON with its embedded proof (``json``), or the token (``jwt``)."""
        credential, sealed = self.found(uid, kind=Look.Kind.EXPORT)
        content = sealed.document if form == "json" else sealed.token
        if not content:
            return HttpResponse(status=410)
        name = f"certificate-{credential.person.reference}.{form}"
        return _attached(content, FORMS[form], name)


def _attached(content, content_type: str, name: str) -> HttpResponse:
    """Return a file to save; the name is told in a form that any letters survive."""
    response = HttpResponse(content, content_type=content_type)
    safe = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in name)
    response.headers["Content-Disposition"] = f'attachment; filename="{_ascii(safe)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "-")


class CredentialRevoke(FormPage):
    """Revoke a certificate."""

    permission = write_permission = ISSUES
    form_class = RevokeForm
    title = gettext_lazy("Revoke the certificate")
    subtitle = gettext_lazy("It holds at once, for everybody who checks it, and cannot be undone.")
    submit = gettext_lazy("Revoke")
    done = gettext_lazy("The certificate is revoked.")

    def find(self, uid):
        """Find the certificate."""
        self.credential = get_object_or_404(queries.credentials(), uid=uid)

    def crumbs(self):
        """Return the list and the certificate, by the trainee's reference."""
        here = self.desk.url("credential", uid=self.credential.uid)
        return [
            {"label": _("Certificates"), "url": self.desk.url("credentials")},
            {"label": self.credential.person.reference, "url": here},
        ]

    def act(self, facts):
        """Revoke it."""
        actions.revoke(self.credential, **facts, by=self.desk.member, at=timezone.now())
        return self.crumbs()[-1]["url"]


class CredentialAgain(CredentialRevoke):
    """Issue a certificate again, with what is true today."""

    form_class = ValidityForm
    title = gettext_lazy("Issue the certificate again")
    subtitle = gettext_lazy("A new one with today’s name and course; the old one ends at once.")
    submit = gettext_lazy("Issue again")
    done = gettext_lazy("The new certificate is issued; the old one is superseded.")

    def initial(self):
        """Propose the validity of the old one."""
        return {"valid_until": self.credential.valid_until}

    def act(self, facts):
        """Replace it."""
        again = actions.issue_again
        made = again(self.credential, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("credential", uid=made.uid)


class EnrolmentCredential(FormPage):
    """Issue the certificate of one trainee."""

    permission = write_permission = ISSUES
    form_class = ValidityForm
    title = gettext_lazy("Issue the certificate")
    submit = gettext_lazy("Issue")
    done = gettext_lazy("The certificate is issued.")

    def find(self, uid):
        """Find the enrolment with all that the certificate states."""
        rows = Enrolment.objects.select_related(
            "tenant", "person", "centre", "cohort__partnership", "cohort__course__occupation"
        )
        self.enrolment = get_object_or_404(rows, uid=uid)

    def crumbs(self):
        """Return the list and the trainee, by reference."""
        person = self.enrolment.person
        return [
            {"label": _("Trainees"), "url": self.desk.url("trainees")},
            {"label": person.reference, "url": self.desk.url("trainee", uid=person.uid)},
        ]

    def act(self, facts):
        """Issue it."""
        made = actions.issue(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("credential", uid=made.uid)
