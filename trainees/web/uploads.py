"""Pages that send the list of a cohort: the form and its template."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import Look, note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from partnerships.roles import Permission
from trainees import queries
from trainees.actions.cohort_template import template
from trainees.actions.cohort_upload import upload
from trainees.actions.cohort_values import lines, trainees_of
from trainees.web.forms import ListForm
from training.models import Cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        """Take the file and go to its stages."""
        file, by, at = facts["file"], self.desk.member, timezone.now()
        record = upload(self.cohort, file=file, file_name=file.name, by=by, at=at)
        return self.desk.url("upload", uid=record.uid)


class CohortTemplate(DeskView):
    """The workbook to fill in, with what is known of the cohort's trainees."""

    permission = Permission.UPLOAD_TRAINEES

    def get(self, request, uid):
        """Send it; whose record it repeats is noted as exported. Who sees no trainees gets none."""
        cohort = get_object_or_404(Cohort, uid=uid)
        people = trainees_of(cohort) if self.may(Permission.VIEW_TRAINEES) else []
        now = timezone.now()
        note_looks(people, kind=Look.Kind.EXPORT, at=now)
        content = template(lines(people, on=now.date()))
        disposition = f'attachment; filename="trainees-{cohort.code}.xlsx"'
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return HttpResponse(content, content_type=XLSX, headers=headers)
