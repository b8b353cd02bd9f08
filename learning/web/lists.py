"""Pages where lists are sent: attendance and language tests of a cohort, results."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gsp.uploads.actions.receive import receive
from gsp.uploads.purpose import purpose_of
from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from gsp.workflow import Refused
from learning.web.cohorts import crumbs_of
from partnerships.roles import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(forms.Form):
    """A file with a list."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        allow_empty_file=True,  # an empty file gets the same answer as every other bad one
    )


class SendList(FormPage, abstract=True):
    """Send a list of one ``kind``; it is read and checked afterwards, and asks before it writes."""

    kind = template_url = ""
    template_name = "learning/list_upload.html"
    submit = gettext_lazy("Upload")

    def find(self, uid):
        """Find what the list is for."""
        self.thing = _found(self.kind, uid)

    def make_form(self, data=None):
        """Bind the form to the file, if one came."""
        return ListForm(data, self.request.FILES if data is not None else None)

    def get_context_data(self, **kwargs):
        """Add the address of the template."""
        url = self.desk.url(self.template_url, uid=self.thing.uid)
        return super().get_context_data(**kwargs) | {"template_url": url}

    def crumbs(self):
        """Return the cohort, and the assessment if it is for one."""
        if self.kind != "results":
            return crumbs_of(self.desk, self.thing)
        page = self.desk.url("assessment", uid=self.thing.uid)
        above = crumbs_of(self.desk, self.thing.cohort)
        return [*above, {"label": self.thing.title, "url": page}]

    def act(self, facts):
        """Hand it over and go to what becomes of it."""
        file = facts["file"]
        upload = receive(
            self.kind,
            self.thing,
            file=file,
            file_name=file.name,
            by=self.desk.member,
            at=timezone.now(),
        )
        return self.desk.url("upload", uid=upload.uid)


class AttendanceUpload(SendList):
    """Send the attendance of a cohort."""

    permission = write_permission = Permission.RECORD_ATTENDANCE
    kind, template_url = "attendance", "attendance-template"
    title = gettext_lazy("Upload attendance")


class LanguagesUpload(SendList):
    """Send the language tests of a cohort."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    kind, template_url = "languages", "languages-template"
    title = gettext_lazy("Upload language tests")


class ResultsUpload(SendList):
    """Send the results of an assessment."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    kind, template_url = "results", "results-template"
    title = gettext_lazy("Upload results")


class ListTemplate(DeskView, abstract=True):
    """The workbook to fill in."""

    kind = ""

    def get(self, request, uid):
        """Send it."""
        content = purpose_of(self.kind).template(_found(self.kind, uid))
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{self.kind}.xlsx"'
        return response


class AttendanceTemplate(ListTemplate):
    """The workbook of attendance."""

    permission, kind = Permission.RECORD_ATTENDANCE, "attendance"


class LanguagesTemplate(ListTemplate):
    """The workbook of language tests."""

    permission, kind = Permission.RECORD_ASSESSMENTS, "languages"


class ResultsTemplate(ListTemplate):
    """The workbook of results."""

    permission, kind = Permission.RECORD_ASSESSMENTS, "results"


def _found(kind: str, uid):
    try:
        return purpose_of(kind).find(str(uid), None)
    except Refused as refusal:
        raise Http404 from refusal
