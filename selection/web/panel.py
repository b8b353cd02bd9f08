"""The applications of one person, on the person's page."""

from partnerships.roles import Permission
from selection.models import Application
from trainees.web.panels import Panel, Tab


def applications_of(person, view) -> dict:
    """Return every application of all records of the person, the latest first."""
    rows = Application.objects.filter(person__in=view.records).select_related("call")
    return {"applications": rows.order_by("-submitted_at", "-id")}


PANEL = Panel(
    80, "selection/_panel.html", applications_of, Permission.VIEW_TRAINEES, tab=Tab.TRAINING
)
