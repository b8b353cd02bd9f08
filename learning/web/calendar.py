"""The calendar: a week or a month of sessions as a table, and as a file for other calendars."""

import calendar
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gsp.web.forms import short_text
from gsp.web.views import DeskPage, DeskView
from learning import queries
from learning.calendar_file import written
from learning.web.hours import InAgencyTime
from partnerships.roles import Permission
from training.models import Cohort

AHEAD = timedelta(days=180)
MOST = 2000


class CalendarPage(InAgencyTime, DeskPage):
    """The sessions of a week or a month, of one cohort or all."""

    permission = Permission.VIEW_TRAINING
    template_name = "learning/calendar.html"

    def get_context_data(self, **kwargs):
        """Add the days with their sessions, and the ways forth and back."""
        by_month = self.request.GET.get("view") == "month"
        day = _day(self.request.GET.get("on"))
        weeks = _month(day) if by_month else [_week(day)]
        first, last = weeks[0][0], weeks[-1][-1]
        cohorts = Cohort.objects.order_by("code", "id")
        chosen = short_text(self.request.GET, "cohort", 36)
        found = _by_day(first, last, next((c for c in cohorts if str(c.uid) == chosen), None))
        return super().get_context_data(**kwargs) | {
            "by_month": by_month,
            "day": day,
            "today": timezone.localdate(),
            "first": first,
            "last": last,
            "heads": weeks[0],
            "weeks": [[(one, found[one]) for one in week] for week in weeks],
            "empty": not found,
            "before": _month_before(day) if by_month else first - timedelta(days=7),
            "after": _month_after(day) if by_month else first + timedelta(days=7),
            "cohorts": cohorts,
            "chosen": chosen,
        }


class CalendarFile(DeskView):
    """The sessions from last week on, as iCalendar."""

    permission = Permission.VIEW_TRAINING

    def get(self, request):
        """Send them, of one cohort if ``cohort`` names it."""
        now = timezone.now()
        rows = queries.sessions().between(now - timedelta(days=7), now + AHEAD)
        chosen = short_text(request.GET, "cohort", 36)
        if chosen:
            rows = rows.filter(cohort=get_object_or_404(Cohort, uid=_uid(chosen)))
        return as_calendar(rows.order_by("starts_at", "id")[:MOST], name=self.desk.name)


def as_calendar(rows, *, name: str) -> HttpResponse:
    """Return sessions as a calendar to download or to subscribe to."""
    response = HttpResponse(written(rows, name=name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _by_day(first: date, last: date, cohort) -> dict[date, list]:
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    rows = queries.sessions().between(start, end).order_by("starts_at", "id")
    if cohort is not None:
        rows = rows.filter(cohort=cohort)
    found = defaultdict(list)
    for row in rows[:MOST]:
        found[timezone.localdate(row.starts_at)].append(row)
    return found


def _day(text: str | None) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return timezone.localdate()
    return day if 1990 <= day.year <= 2200 else timezone.localdate()


def _week(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def _month(day: date) -> list[list[date]]:
    return calendar.Calendar().monthdatescalendar(day.year, day.month)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
