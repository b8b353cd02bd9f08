"""Pages of documents: hand in, check, reject, take out; and what a partnership asks for."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queries
from cases.actions import documents, requirements
from cases.download import file_answer
from cases.models import DocumentRequirement
from cases.web.base import OfPerson, OfRow, case_url
from cases.web.forms import DocumentForm, FactsForm, RejectForm, RequirementForm
from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from gsp.workflow import Refused
from partnerships.models import Partnership
from partnerships.roles import Permission
from trainees.web.panels import Tab


class DocumentNew(OfPerson):
    """Hand in a document; ``?replaces=`` names an earlier one, ``?kind=`` what it is."""

    tab = Tab.DOCUMENTS
    title = gettext_lazy("Hand in a document")
    subtitle = gettext_lazy("It is kept encrypted; places and devices in photographs are removed.")
    submit = gettext_lazy("Hand in")
    done = gettext_lazy("The document is received.")

    def make_form(self, data=None):
        """Bind the form to the file, if one came."""
        start = {"kind": self.request.GET.get("kind", "")[:30]}
        return DocumentForm(data, self.request.FILES if data is not None else None, initial=start)

    def run(self, facts, *, by, at):
        """Receive it."""
        file = facts.pop("file")
        content = file.read(settings.DOCUMENT_MAX_BYTES + 1)
        documents.receive(
            self.person,
            facts.pop("kind"),
            content=content,
            file_name=file.name,
            by=by,
            at=at,
            **facts,
        )


class OfDocument(OfRow, abstract=True):
    """A form about one document."""

    tab = Tab.DOCUMENTS
    rows = staticmethod(queries.documents)


class DocumentReplace(OfDocument):
    """Hand in a newer one in place of a document."""

    title = gettext_lazy("Hand in a newer one")
    submit = gettext_lazy("Hand in")
    done = gettext_lazy("The newer document is received; the earlier one stays on record.")

    def make_form(self, data=None):
        """Bind the form to the file; what it is stays."""
        files = self.request.FILES if data is not None else None
        return DocumentForm(data, files, initial={"kind": self.row.kind})

    def run(self, facts, *, by, at):
        """Receive it."""
        file = facts.pop("file")
        content = file.read(settings.DOCUMENT_MAX_BYTES + 1)
        documents.receive(
            self.person,
            facts.pop("kind"),
            content=content,
            file_name=file.name,
            replaces=self.row,
            by=by,
            at=at,
            **facts,
        )


class DocumentCheck(OfDocument):
    """Accept a document, with what stands in it."""

    permission = write_permission = Permission.EDIT_CASES
    form_class = FactsForm
    title = gettext_lazy("Accept the document")
    subtitle = gettext_lazy("Open it first; write down what stands in it.")
    submit = gettext_lazy("Accept")
    done = gettext_lazy("The document is accepted.")

    def initial(self):
        """Return what is known of it."""
        names = ("country", "issued_on", "expires_on", "number")
        return {name: getattr(self.row, name) for name in names}

    def run(self, facts, *, by, at):
        """Accept it."""
        documents.accept(self.row, by=by, at=at, **facts)


class DocumentReject(OfDocument):
    """Reject a document."""

    form_class = RejectForm
    title = gettext_lazy("Reject the document")
    submit = gettext_lazy("Reject")
    done = gettext_lazy("The document is rejected.")

    def run(self, facts, *, by, at):
        """Reject it."""
        documents.reject(self.row, because=facts["because"], by=by, at=at)


class DocumentFile(DeskView):
    """The file itself; taking it out is noted."""

    permission = Permission.VIEW_DOCUMENTS

    def get(self, request, uid):
        """Send it, or say why it stays closed."""
        document = get_object_or_404(queries.documents(), uid=uid)
        try:
            content = documents.open_file(document, by=self.desk.member, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(case_url(self.desk, document.person, Tab.DOCUMENTS))
        return file_answer(document, content)


class RequirementNew(FormPage):
    """What a partnership asks for, and a form to ask for more."""

    permission = Permission.VIEW_PARTNERSHIPS
    write_permission = Permission.EDIT_PARTNERSHIPS
    template_name = "cases/requirements.html"
    form_class = RequirementForm
    title = gettext_lazy("Required documents")
    submit = gettext_lazy("Ask for it")
    done = gettext_lazy("The document is asked for from now on.")

    def find(self, uid):
        """Find the partnership."""
        self.partnership = get_object_or_404(Partnership, uid=uid)

    def crumbs(self):
        """Return the list and the partnership."""
        page = self.desk.url("partnership", uid=self.partnership.uid)
        return [
            {"label": _("Partnerships"), "url": self.desk.url("partnerships")},
            {"label": self.partnership.name, "url": page},
        ]

    def get_context_data(self, **kwargs):
        """Add the list."""
        rows = DocumentRequirement.objects.filter(partnership=self.partnership)
        return super().get_context_data(**kwargs) | {
            "requirements": rows.order_by("stage", "kind", "id"),
            "may_edit": self.may(Permission.EDIT_PARTNERSHIPS),
        }

    def act(self, facts):
        """Ask for it."""
        requirements.require(self.partnership, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("required-documents", uid=self.partnership.uid)


class RequirementEnd(DeskView):
    """Ask for a document no more."""

    permission = write_permission = Permission.EDIT_PARTNERSHIPS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Take it off the list."""
        rows = DocumentRequirement.objects.select_related("partnership")
        row = get_object_or_404(rows, uid=uid)
        return self.attempt(
            lambda: requirements.ask_no_more(row, by=self.desk.member, at=timezone.now()),
            done=_("The document is not asked for any more."),
            back=self.desk.url("required-documents", uid=row.partnership.uid),
        )
