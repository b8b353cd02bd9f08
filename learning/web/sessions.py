"""Pages of sessions: the list of a cohort, one more, every week, changed, cancelled."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from gsp.workflow import Refused
from learning import queries
from learning.actions import sessions as actions
from learning.web.cohorts import CohortForm, OfCohort, crumbs_of
from learning.web.forms import CancelForm, DaysForm, SessionForm, WeekForm
from learning.web.hours import InAgencyTime
from partnerships.roles import Permission

PAGE = 30


class CohortSessions(OfCohort):
    """The sessions of a cohort with their attendance, and hours planned against hours due."""

    permission = Permission.VIEW_TRAINING
    write_permission = Permission.RECORD_ATTENDANCE
    tab = "cohort-sessions"
    template_name = "learning/sessions.html"

    def context(self, cohort):
        """Add a page of sessions, and the hours of each module."""
        rows = queries.sessions_with_counts().filter(cohort=cohort).order_by("starts_at", "id")
        pages = Paginator(rows, PAGE)
        upcoming = cohort.sessions.filter(ends_at__lt=timezone.now()).count() // PAGE + 1
        return {
            "page_obj": pages.get_page(self.request.GET.get("page", upcoming)),
            "hours": queries.hours_of(cohort),
        }


class OfSessions(CohortForm, abstract=True):
    """A form that leads back to the sessions of the cohort."""

    permission = write_permission = Permission.RECORD_ATTENDANCE
    tab = "cohort-sessions"
    tab_label = gettext_lazy("Sessions")


class SessionNew(OfSessions):
    """Plan one session."""

    title = gettext_lazy("Plan a session")
    submit = gettext_lazy("Plan session")
    done = gettext_lazy("The session is planned.")

    def make_form(self, data=None):
        """Start with today."""
        today = {"day": timezone.localdate()}
        self.form = SessionForm(data, cohort=self.cohort, initial=today)
        return self.form

    def act(self, facts):
        """Plan it, and say with what it overlaps."""
        facts = self.form.facts()
        made = actions.plan(self.cohort, **facts, by=self.desk.member, at=timezone.now())
        warn(self.request, [made])
        return self.cancel()


class SessionsWeekly(OfSessions):
    """Plan a session every week: the pattern first, then its days, each to be left out."""

    title = gettext_lazy("Plan sessions every week")
    submit = gettext_lazy("Show the days")
    template_name = "learning/sessions_weekly.html"

    def make_form(self, data=None):
        """Start with the cohort's own days."""
        ends = {"first": self.cohort.starts_on, "last": self.cohort.ends_on}
        return WeekForm(data, cohort=self.cohort, initial=ends)

    def post(self, request, uid):
        """Show the days of the pattern; plan them once they were shown."""
        self.find(uid)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._show(form)
        days = form.week().days()
        shown = "shown" in request.POST
        chosen = DaysForm(request.POST if shown else None, days=days)
        if not (shown and chosen.is_valid()):
            return self._with_days(form, chosen)
        kept = {one.date() for one in chosen.cleaned_data["days"]}
        try:
            made = actions.plan_weekly(
                self.cohort,
                form.week(),
                without=[day for day in days if day not in kept],
                **form.facts(),
                by=self.desk.member,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return self._show(form)
        messages.success(request, _("Sessions planned: %(count)s.") % {"count": len(made)})
        warn(request, made)
        return redirect(self.cancel())

    def _with_days(self, form, chosen):
        self.submit = _("Plan these sessions")
        response = self._show(form)
        response.context_data["chosen"] = chosen
        return response


class SessionEdit(InAgencyTime, FormPage):
    """Change a session."""

    permission = write_permission = Permission.RECORD_ATTENDANCE
    title = gettext_lazy("Change the session")
    done = gettext_lazy("The session is changed.")

    def find(self, uid):
        """Find it."""
        self.session = get_object_or_404(queries.sessions(), uid=uid)

    def make_form(self, data=None):
        """Start with what stands."""
        starts, ends = map(timezone.localtime, (self.session.starts_at, self.session.ends_at))
        names = ("module", "place", "trainer", "away_only")
        initial = {name: getattr(self.session, name) for name in names} | {
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
        }
        self.form = SessionForm(data, cohort=self.session.cohort, initial=initial)
        return self.form

    def crumbs(self):
        """Return the cohort and the session."""
        page = self.desk.url("session", uid=self.session.uid)
        starts = timezone.localtime(self.session.starts_at)
        return [
            *crumbs_of(self.desk, self.session.cohort),
            {"label": starts.strftime("%Y-%m-%d %H:%M"), "url": page},
        ]

    def act(self, facts):
        """Change it, and say with what it overlaps."""
        facts = self.form.facts()
        changed = actions.change(self.session, **facts, by=self.desk.member, at=timezone.now())
        warn(self.request, [changed])
        return self.cancel()


class SessionCancel(SessionEdit):
    """Cancel a session, with the reason."""

    title = gettext_lazy("Cancel the session")
    subtitle = gettext_lazy("Its attendance no longer counts; it can be planned again.")
    submit = gettext_lazy("Cancel the session")
    done = gettext_lazy("The session is cancelled.")

    def make_form(self, data=None):
        """Ask for the reason."""
        return CancelForm(data)

    def act(self, facts):
        """Cancel it."""
        actions.cancel(self.session, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class SessionReinstate(DeskView):
    """Let a cancelled session take place after all."""

    permission = write_permission = Permission.RECORD_ATTENDANCE
    http_method_names = ["post"]

    def post(self, request, uid):
        """Plan it again."""
        session = get_object_or_404(queries.sessions(), uid=uid)
        return self.attempt(
            lambda: actions.reinstate(session, by=self.desk.member, at=timezone.now()),
            done=_("The session takes place again."),
            back=self.desk.url("session", uid=uid),
        )


def warn(request, sessions) -> None:
    """Say which other sessions have the same trainer, place or people at the same time."""
    for session, other, what in queries.overlaps(sessions)[:5]:
        messages.warning(
            request,
            _("%(when)s: %(what)s also has a session of %(cohort)s then.")
            % {
                "when": timezone.localtime(session.starts_at).strftime("%Y-%m-%d %H:%M"),
                "what": what,
                "cohort": other.cohort.code,
            },
        )
