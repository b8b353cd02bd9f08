"""Pages of lists: all of them, one with its stages and rows, its progress."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.uploads import permissions, queries
from gsp.uploads.batch import Finding
from gsp.uploads.mapping import heading
from gsp.uploads.progress import progress_of
from gsp.uploads.purpose import purpose_of
from gsp.uploads.states import ASKING, RUNNING
from gsp.uploads.web.filters import UploadFilter
from gsp.uploads.web.stages import steps_of
from gsp.web.views import DeskList, DeskPage, DeskView

ERRORS_A_PAGE = 50


class OneUpload(DeskView, abstract=True):
    """Base of what is done with one list: found, or not there for who may not see its kind."""

    permission = permissions.VIEW

    @cached_property
    def upload(self):
        """Return the list of the address."""
        rows = queries.uploads_for(self.desk.member)
        return get_object_or_404(rows, uid=self.kwargs["uid"])

    @property
    def purpose(self):
        """Return what the list is for."""
        return purpose_of(self.upload.kind)

    @property
    def may_send(self) -> bool:
        """Tell whether the member may confirm and discard it."""
        return self.may(self.purpose.permission)

    @property
    def page(self) -> str:
        """Return the address of the list's page."""
        return self.desk.url("upload", uid=self.upload.uid)


class UploadList(DeskList):
    """Every list that was sent, those in progress first."""

    permission = permissions.VIEW
    template_name = "uploads/uploads.html"
    filterset_class = UploadFilter

    def get_queryset(self):
        """Return them."""
        return queries.uploads_for(self.desk.member)

    def get_context_data(self, **kwargs):
        """Say whether the member may change how files are read."""
        own = self.desk.organisation is not None and self.may(permissions.SEND)
        return super().get_context_data(**kwargs) | {"may_set": own}


class _Rows:
    """A page of staged rows for the paginator: opens only what it shows."""

    ordered = True

    def __init__(self, upload, finding: Finding):
        self.upload, self.finding = upload, finding
        self.total = queries.counts_of(upload)[finding]

    def __len__(self):
        return self.total

    def __getitem__(self, piece: slice):
        return queries.rows_of(
            self.upload, self.finding, piece.start or 0, piece.stop - (piece.start or 0)
        )


class UploadPage(OneUpload, DeskPage):
    """One list: its stages, what its rows come to, and what may be done now."""

    template_name = "uploads/upload.html"

    def get_context_data(self, uid, **kwargs):
        """Add stages, the rows of the chosen tab, and the errors that the record keeps."""
        upload = self.upload
        route, arguments = self.purpose.address(upload)
        return super().get_context_data(**kwargs) | {
            "upload": upload,
            "steps": steps_of(upload),
            "purpose": self.purpose,
            "progress": progress_of(upload) if upload.state in RUNNING else None,
            "is_running": upload.state in RUNNING,
            "is_asking": upload.state in ASKING,
            "may_send": self.may_send,
            "again_url": self.desk.url(route, **arguments),
            "same_as": queries.applied_before(upload),
            "crumbs": [{"label": _("Uploads"), "url": self.desk.url("uploads")}],
            **self._rows(),
        }

    def _rows(self) -> dict:
        upload, request = self.upload, self.request
        if not upload.chunks.exists():
            errors = Paginator(upload.errors, ERRORS_A_PAGE)
            return {
                "errors": errors.get_page(request.GET.get("page")),
                "headings": self._headings(),
            }
        counts = queries.counts_of(upload)
        named = request.GET.get("show", "")
        first = next((one for one in reversed(Finding) if counts[one]), Finding.NEW)
        finding = Finding(named) if named in Finding.values else first
        page = Paginator(_Rows(upload, finding), queries.PAGE).get_page(request.GET.get("page"))
        self._note_looks(page.object_list)
        tabs = [
            {
                "label": one.label,
                "count": counts[one],
                "url": f"?show={one.value}",
                "current": one == finding,
            }
            for one in Finding
        ]
        return {
            "page": page,
            "tabs": tabs,
            "finding": finding.value,
            "columns": list(self.purpose.row.model_fields),
            "headings": self._headings(),
        }

    def _headings(self) -> dict[str, str]:
        """Return what the reader's language calls each column."""
        row = self.purpose.row
        return {name: heading(row.headings, name) for name in row.model_fields}

    def _note_looks(self, rows) -> None:
        seen = self.purpose.seen(self.upload, rows)
        if seen:
            note_looks(seen, at=timezone.now())


class UploadProgress(OneUpload, DeskPage):
    """The live part of the page; asked for every second while a worker is busy."""

    template_name = "uploads/_progress.html"

    def get_context_data(self, uid, **kwargs):
        """Add how far it is."""
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "progress": progress_of(self.upload),
            "is_running": self.upload.state in RUNNING,
        }

    def render_to_response(self, context, **kwargs):
        """Have the whole page loaded again once the worker is done."""
        response = super().render_to_response(context, **kwargs)
        if not context["is_running"] and self.request.htmx:
            response["HX-Refresh"] = "true"
        return response
