"""What the way into work puts onto a person's page."""

from partnerships.roles import Permission
from trainees import queries
from trainees.models import Counselling, EnrolmentChange
from trainees.web.journeys import shown
from trainees.web.panels import Panel, Tab, register


def journeys(person, view) -> dict:
    """Return the person's journeys, the open one first, each with steps and follow-ups."""
    rows = queries.journeys().filter(person__in=view.records)
    rows = list(rows.order_by("-opened_at", "-id"))
    rows.sort(key=lambda row: row.closed_at is not None)
    return {"journeys": [shown(row, view) for row in rows[:1]], "earlier": rows[1:]}


def advice(person, view) -> dict:
    """Return the talks about home and away, the latest first."""
    rows = Counselling.objects.filter(enrolment__person__in=view.records)
    return {"counsellings": list(rows.select_related("enrolment").order_by("-held_on", "-id"))}


def changes(person, view) -> dict:
    """Return who left, came back or moved, when and why."""
    rows = EnrolmentChange.objects.filter(enrolment__person__in=view.records)
    return {"changes": list(rows.select_related("enrolment__cohort").order_by("-id"))}


SEES = Permission.VIEW_TRAINEES
register(
    Panel(10, "trainees/_journeys.html", journeys, SEES, tab=Tab.JOURNEY),
    Panel(40, "trainees/_counsellings.html", advice, SEES, tab=Tab.JOURNEY),
    Panel(60, "trainees/_changes.html", changes, SEES, tab=Tab.TRAINING),
)
