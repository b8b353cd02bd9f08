"""Pages of uploads: send a list, its template, what became of it, all that were sent."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads.models import Upload
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from trainees import queries
from trainees.actions.cohort_template import template
from trainees.actions.cohort_upload import upload
from trainees.web.filters import UploadFilter
from trainees.web.forms import ListForm
from training.models import Cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ERRORS_A_PAGE = 50


class CohortUpload(FormPage):
    """Send the list of a cohort."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    template_name = "trainees/cohort_upload.html"
    title = gettext_lazy("Upload trainees")
    submit = gettext_lazy("Upload")

    def find(self, uid):
        """Find the cohort."""
        self.cohort = get_object_or_404(Cohort, uid=uid)

    def make_form(self, data=None):
        """Bind the form to the file, if one came."""
        return ListForm(data, self.request.FILES if data is not None else None)

    def crumbs(self):
        """Return the list of cohorts and the cohort."""
        page = self.desk.url("cohort", uid=self.cohort.uid)
        return [
            {"label": _("Cohorts"), "url": self.desk.url("cohorts")},
            {"label": self.cohort.code, "url": page},
        ]

    def get_context_data(self, **kwargs):
        """Add the cohort and the last uploads."""
        last = queries.uploads().filter(subject=self.cohort.uid)[:5]
        return super().get_context_data(**kwargs) | {"cohort": self.cohort, "uploads": last}

    def act(self, facts):
        """Upload it and go to what became of it, good or bad."""
        file = facts["file"]
        record = upload(
            self.cohort,
            file_name=file.name,
            content=file.read(settings.UPLOAD_MAX_BYTES + 1),
            by=self.desk.member,
            at=timezone.now(),
        )
        applied = record.state == "applied"
        self.done = _("The list is applied.") if applied else ""
        return self.desk.url("upload", uid=record.uid)


class CohortTemplate(DeskView):
    """The workbook to fill in."""

    permission = Permission.UPLOAD_TRAINEES

    def get(self, request, uid):
        """Send it."""
        cohort = get_object_or_404(Cohort, uid=uid)
        name = f"trainees-{cohort.code}.xlsx"
        response = HttpResponse(template(), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class UploadList(DeskList):
    """Every list that was sent, the latest first."""

    permission = Permission.VIEW_TRAINEES
    template_name = "uploads/uploads.html"
    filterset_class = UploadFilter

    def get_queryset(self):
        """Return them."""
        return queries.uploads()


class UploadPage(DeskPage):
    """One upload: its counts, or its errors row by row."""

    permission = Permission.VIEW_TRAINEES
    template_name = "uploads/upload.html"

    def get_context_data(self, uid, **kwargs):
        """Add the upload, a page of its errors and the cohort it is for."""
        record = get_object_or_404(queries.uploads(), uid=uid)
        pages = Paginator(record.errors, ERRORS_A_PAGE)
        return super().get_context_data(**kwargs) | {
            "upload": record,
            "errors": pages.get_page(self.request.GET.get("page")),
            "cohort": Cohort.objects.filter(uid=record.subject).first(),
            "may_upload": self.may(Permission.UPLOAD_TRAINEES),
            "crumbs": [{"label": _("Uploads"), "url": self.desk.url("uploads")}],
        }
