"""What a member does with a list: confirm, discard, decide on rows, download."""

from urllib.parse import quote

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp import vault
from gsp.audit.models import Look, note_looks
from gsp.uploads import permissions
from gsp.uploads.actions import decide
from gsp.uploads.web.pages import OneUpload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOVES = {
    "confirm": (decide.confirm, gettext_lazy("The valid rows are being applied.")),
    "discard": (decide.discard, gettext_lazy("The list is discarded; nothing was written.")),
    "again": (decide.examine_again, gettext_lazy("The list is being examined again.")),
}


class UploadMove(OneUpload):
    """Confirm a list, discard it, or have it examined again."""

    write_permission = permissions.SEND

    def post(self, request, uid):
        """Do it, and say what happened."""
        if not self.may_send or request.POST.get("move") not in MOVES:
            raise Http404
        action, done = MOVES[request.POST["move"]]

        def act():
            action(self.upload, by=self.desk.member, at=timezone.now())

        return self.attempt(act, done=done, back=self.page)


class UploadDecide(OneUpload):
    """Say of a possible duplicate who it is."""

    write_permission = permissions.SEND

    def post(self, request, uid):
        """Keep the decision and go back to the row's page."""
        number = request.POST.get("row", "")
        if not self.may_send or not (number.isascii() and number.isdigit()):
            raise Http404

        def act():
            decide.decide_row(
                self.upload,
                int(number[:9]),
                request.POST.get("decision", ""),
                by=self.desk.member,
                at=timezone.now(),
            )

        back = f"{self.page}?show=possible_duplicate&page={quote(request.POST.get('page', '1'))}"
        return self.attempt(act, done=_("The decision is kept."), back=back)


class UploadAnnotated(OneUpload):
    """The list with what is wrong marked in its cells."""

    def get(self, request, uid):
        """Send it; whoever has it has taken out personal data, which is noted."""
        upload = self.upload
        if not upload.annotated or not self.may_send:
            raise Http404
        note_looks([upload], kind=Look.Kind.EXPORT, at=timezone.now())
        response = StreamingHttpResponse(vault.pieces(upload.annotated), content_type=XLSX)
        name = quote(f"{upload.file_name.rpartition('.')[0] or 'list'}-marked.xlsx")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response
