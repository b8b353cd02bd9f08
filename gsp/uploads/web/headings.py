"""The page that asks which column each heading of a file stands for."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.uploads import permissions
from gsp.uploads.actions import decide
from gsp.uploads.states import UploadState
from gsp.uploads.web.forms import HeadingsForm
from gsp.uploads.web.pages import OneUpload
from gsp.web.views import DeskPage
from gsp.workflow import Refused


class UploadHeadings(OneUpload, DeskPage):
    """Match the headings of a file with the columns of the list."""

    template_name = "uploads/headings.html"
    write_permission = permissions.SEND

    def get_context_data(self, uid, **kwargs):
        """Add the form; nothing is asked of a list that is past this."""
        if self.upload.state != UploadState.MAPPING or not self.may_send:
            raise Http404
        form = kwargs.pop("form", None) or HeadingsForm(upload=self.upload)
        crumbs = [
            {"label": _("Uploads"), "url": self.desk.url("uploads")},
            {"label": self.upload.file_name, "url": self.page},
        ]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "upload": self.upload,
            "crumbs": crumbs,
            "cancel_url": self.page,
        }

    def post(self, request, uid):
        """Take the choice and have the file read again."""
        form = HeadingsForm(request.POST, upload=self.upload)
        if self.may_send and form.is_valid() and self._matched(form):
            return redirect(self.page)
        return self.render_to_response(self.get_context_data(uid=uid, form=form))

    def _matched(self, form) -> bool:
        member, now = self.desk.member, timezone.now()
        try:
            decide.match_headings(self.upload, form.chosen(), by=member, at=now)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return False
        return True
