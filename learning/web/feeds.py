"""The secret address of a cohort's calendar, and the calendar that it opens to anybody."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from gsp.web.public import PublicView
from learning import queries
from learning.actions import feeds
from learning.models import CalendarFeed
from learning.web.calendar import AHEAD, MOST, as_calendar
from learning.web.cohorts import OfCohort, cohort_of
from partnerships.roles import Permission

BEHIND = timedelta(days=30)


class CohortFeed(OfCohort):
    """Says what the address is for, makes one and shows it this once, or ends it."""

    permission = write_permission = Permission.RECORD_ATTENDANCE
    tab = "cohort-sessions"
    template_name = "learning/feed.html"

    def context(self, cohort):
        """Add whether there is one."""
        return {"feed": CalendarFeed.objects.filter(cohort=cohort).first()}

    def post(self, request, uid):
        """End the address where ``end`` is posted, else make a new one."""
        cohort = cohort_of(uid)
        now = timezone.now()
        if "end" in request.POST:
            feeds.close_feed(cohort, by=self.desk.member, at=now)
            return redirect(self.desk.url("cohort-feed", uid=uid))
        code = feeds.open_feed(cohort, by=self.desk.member, at=now)
        path = reverse("public-calendar", kwargs={"agency": self.desk.agency.slug, "code": code})
        context = self.get_context_data(uid=uid) | {"address": request.build_absolute_uri(path)}
        return self.render_to_response(context)


class PublicCalendar(PublicView):
    """The sessions of the cohort whose secret code is in the address; no trainee is named."""

    purpose = "calendar of a cohort"

    def get(self, request, code):
        """Send them as iCalendar."""
        rows = CalendarFeed.objects.select_related("cohort__course")
        feed = get_object_or_404(rows, code_sha256=feeds.digest(code))
        now = timezone.now()
        found = queries.sessions().filter(cohort=feed.cohort).between(now - BEHIND, now + AHEAD)
        name = f"{feed.cohort.code} {feed.cohort.course.title}"
        return as_calendar(found.order_by("starts_at", "id")[:MOST], name=name)
