"""Pages that send lists of applications and of scores, and their templates."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gsp.uploads.actions.receive import receive
from gsp.uploads.purpose import purpose_of
from gsp.web.views import DeskView
from partnerships.roles import Permission
from selection.models import Call
from selection.web.calls import OfCall
from trainees.web.forms import ListForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ApplicationListSend(OfCall):
    """Send a list of applications."""

    template_name = "selection/list.html"
    title = gettext_lazy("Send a list of applications")
    submit = gettext_lazy("Send")
    done = ""
    kind, template_page = "applications", "application-list-template"

    def make_form(self, data=None):
        """Bind the form to the file, if one came."""
        return ListForm(data, self.request.FILES if data is not None else None)

    def get_context_data(self, **kwargs):
        """Add the address of the template."""
        template = self.desk.url(self.template_page, uid=self.call.uid)
        return super().get_context_data(**kwargs) | {"template_url": template}

    def act(self, facts):
        """Take the file and go to its stages."""
        file, by, at = facts["file"], self.desk.member, timezone.now()
        record = receive(self.kind, self.call, file=file, file_name=file.name, by=by, at=at)
        return self.desk.url("upload", uid=record.uid)


class ScoreListSend(ApplicationListSend):
    """Send a list of scores, given in the sender's name."""

    permission = write_permission = Permission.SCORE_APPLICATIONS
    title = gettext_lazy("Send a list of scores")
    kind, template_page = "scores", "score-list-template"


class ApplicationListTemplate(DeskView):
    """The workbook to fill in."""

    permission = Permission.MANAGE_SELECTION
    kind = "applications"

    def get(self, request, uid):
        """Send it."""
        call = get_object_or_404(Call, uid=uid)
        content = purpose_of(self.kind).template(call)
        name = f"{self.kind}-{call.code}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=XLSX, headers=headers)


class ScoreListTemplate(ApplicationListTemplate):
    """The same for scores, a line for each eligible application and criterion."""

    permission = Permission.SCORE_APPLICATIONS
    kind = "scores"
