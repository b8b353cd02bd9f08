"""Pages of the audit trail: any record's, and the latest changes of the agency."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit import queries
from gsp.audit.models import Look
from gsp.web.views import PAGE, DeskPage
from partnerships.roles import Permission
from reporting.web.words import change_lines, step_lines

KEPT_ON_PAGE = timedelta(days=90)
LOOKS_SHOWN = 25


class AuditLog(DeskPage):
    """The latest changes of the agency, and who looked at people's records."""

    permission = Permission.VIEW_AUDIT
    template_name = "audit/log.html"

    def get_context_data(self, **kwargs):
        """Add one page of changes, or of looks where asked for."""
        shows_looks = self.request.GET.get("show") == "looks"
        since = timezone.now() - KEPT_ON_PAGE
        rows = queries.looks(since) if shows_looks else queries.changes(since)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "rows": page.object_list if shows_looks else change_lines(page.object_list),
            "shows_looks": shows_looks,
            "days": KEPT_ON_PAGE.days,
            "tabs": [
                {"label": _("Changes"), "url": "?", "current": not shows_looks},
                {"label": _("Looks at people"), "url": "?show=looks", "current": shows_looks},
            ],
        }


class AuditTrail(DeskPage):
    """Every change of one record, field by field, and who looked at it."""

    permission = Permission.VIEW_AUDIT
    template_name = "audit/trail.html"

    def get_context_data(self, label, uid, **kwargs):
        """Add the steps and the looks.

        Raises:
            Http404: nothing is recorded of such a record in this agency.

        """
        steps = queries.steps(label, uid) if queries.event_model(label) else []
        if not steps:
            raise Http404
        looks = Look.objects.filter(subject=uid).select_related("organisation")
        return super().get_context_data(**kwargs) | {
            "lines": step_lines(steps),
            "kind": queries.kind_name(label),
            "name": queries.title_of(label, uid),
            "looks": looks.order_by("-at", "id")[:LOOKS_SHOWN],
            "crumbs": [{"label": _("Audit trail"), "url": self.desk.url("audit-log")}],
        }
