"""Pages of applications: the list of a call, one with its story, entered at a desk, decided."""

import json

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from selection import queries
from selection.actions import applications as actions
from selection.actions import eligibility, places
from selection.models import Application, Call
from selection.states import IN_SELECTION, ApplicationState
from selection.web.application_form import ApplicationForm
from selection.web.calls import OfCall
from selection.web.filters import ApplicationFilter, sorted_by
from selection.web.forms import OverrideForm
from selection.words import reason

MANAGE = Permission.MANAGE_SELECTION


class ApplicationList(DeskList):
    """The applications of one call; names shown are looks."""

    permission = Permission.VIEW_TRAINEES
    template_name = "selection/applications.html"
    filterset_class = ApplicationFilter

    def get(self, request, uid):
        """Find the call, then show its list."""
        self.call = get_object_or_404(Call, uid=uid)
        return super().get(request)

    def get_queryset(self):
        """Return them in the order asked for."""
        return sorted_by(queries.applications(self.call), self.request.GET.get("sort", ""))

    def get_context_data(self, **kwargs):
        """Add the call, and note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        note_looks([row.person for row in rows], at=timezone.now())
        for row in rows:
            row.reasons = [reason(code) for code in row.failed]
        return context | {
            "call": self.call,
            "rows": rows,
            "may_manage": self.may(MANAGE),
            "crumbs": _above(self, self.call),
        }


def _above(view, call) -> list[dict]:
    return [
        {"label": _("Calls"), "url": view.desk.url("calls")},
        {"label": call.title(), "url": view.desk.url("call", uid=call.uid)},
    ]


class ApplicationPage(DeskPage):
    """One application: what was said, how it was judged and scored, what became of it."""

    permission = Permission.VIEW_TRAINEES
    template_name = "selection/application.html"

    def get_context_data(self, uid, **kwargs):
        """Add the application with its explanation; the look is noted."""
        one = get_object_or_404(queries.applications().select_related("double_of"), uid=uid)
        note_looks([one.person], at=timezone.now())
        steps = queries.explained(one)
        listed = {
            "label": _("Applications"),
            "url": self.desk.url("applications", uid=one.call.uid),
        }
        return super().get_context_data(**kwargs) | {
            "application": one,
            "call": one.call,
            "answers": answers_of(one),
            "reasons": [reason(code) for code in one.failed],
            "languages": sorted(one.languages.items()),
            "steps": steps,
            "sum": sum(step.points for step in steps),
            "next": queries.separated(one),
            "offer": one.offers.first(),
            "may_manage": self.may(MANAGE),
            "may_override": self.may(MANAGE) and one.state in IN_SELECTION,
            "may_withdraw": self.may(MANAGE) and _can_leave(one),
            "crumbs": [*_above(self, one.call), listed],
        }


def _can_leave(one) -> bool:
    return any(move.target == ApplicationState.WITHDRAWN for move in one.lifecycle.after(one.state))


def answers_of(application) -> list[tuple[str, str]]:
    """Return the questions of the call and what was answered, also to questions asked no more."""
    said = json.loads(application.answers) if application.answers else {}
    asked = {one["key"]: one["label"] for one in application.call.asked()}
    return [(asked.get(key, key), text) for key, text in said.items()]


class ApplicationNew(OfCall):
    """Enter an application that came on paper."""

    title = gettext_lazy("Enter an application")
    submit = gettext_lazy("Enter application")
    done = gettext_lazy("The application is entered and judged by the rules.")

    def make_form(self, data=None):
        """Return the form of this call."""
        self.form = ApplicationForm(data, call=self.call)
        return self.form

    def act(self, facts):
        """Enter it."""
        applicant = self.form.applicant()
        made = actions.enter(self.call, applicant, by=self.desk.member, at=timezone.now())
        return self.desk.url("application", uid=made.uid)


class ApplicationOverride(FormPage):
    """Decide for one application whether it is eligible."""

    permission = write_permission = MANAGE
    title = gettext_lazy("Decide about eligibility")
    subtitle = gettext_lazy("Your name and the reason stand with the application.")
    submit = gettext_lazy("Decide")
    done = gettext_lazy("Decided.")
    form_class = OverrideForm

    def find(self, uid):
        """Find it."""
        rows = Application.objects.select_related("person", "call", "call__cohort")
        self.application = get_object_or_404(rows, uid=uid)

    def crumbs(self):
        """Return the call and the application."""
        page = self.desk.url("application", uid=self.application.uid)
        return [
            *_above(self, self.application.call),
            {"label": self.application.reference, "url": page},
        ]

    def act(self, facts):
        """Decide."""
        eligible = {"yes": True, "no": False, "rules": None}[facts["eligible"]]
        eligibility.override(
            self.application,
            eligible,
            reason=facts["reason"],
            by=self.desk.member,
            at=timezone.now(),
        )
        return self.cancel()


ANSWERS = {
    "accept": (places.accept, gettext_lazy("The place is accepted; the person is enrolled.")),
    "decline": (places.decline, gettext_lazy("The place is declined and offered to the next.")),
    "withdraw": (actions.withdraw, gettext_lazy("The application is withdrawn.")),
}


class ApplicationAnswer(DeskView):
    """What an applicant says by telephone: accept, decline, withdraw."""

    permission = write_permission = MANAGE
    http_method_names = ["post"]

    def post(self, request, uid):
        """Record the posted ``answer``."""
        rows = Application.objects.select_related("person", "call")
        application = get_object_or_404(rows, uid=uid)
        if request.POST.get("answer") not in ANSWERS:
            raise Http404
        action, done = ANSWERS[request.POST["answer"]]
        return self.attempt(
            lambda: action(application, by=self.desk.member, at=timezone.now()),
            done=str(done),
            back=self.desk.url("application", uid=uid),
        )
