"""Pages of calls: list, one with its shares, new, change, its steps."""

import secrets

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from selection import progress, queries
from selection.actions import calls as actions
from selection.actions import decisions
from selection.models import Call
from selection.states import CallState
from selection.web.breakdown import charts
from selection.web.filters import CallFilter
from selection.web.forms import CallForm, NewCallForm, TextForm
from selection.words import asked_for

MANAGE = Permission.MANAGE_SELECTION


class CallList(DeskList):
    """The calls of the centre, or of all centres for staff."""

    permission = Permission.VIEW_TRAINING
    template_name = "selection/calls.html"
    filterset_class = CallFilter

    def get_queryset(self):
        """Return them, the latest end first."""
        return queries.calls().order_by("-closes_at", "-id")

    def get_context_data(self, **kwargs):
        """Add whether a new one may be planned."""
        return super().get_context_data(**kwargs) | {"may_manage": self.may(MANAGE)}


class CallPage(DeskPage):
    """One call: where it stands, who applied, its rules and criteria, what comes next.

    Whoever may not see trainees sees no small number of them either.
    """

    permission = Permission.VIEW_TRAINING
    template_name = "selection/call.html"

    def get_context_data(self, uid, **kwargs):
        """Add the call with its figures and the steps open to this member."""
        call = get_object_or_404(queries.calls(), uid=uid)
        sees_people = self.may(Permission.VIEW_TRAINEES)
        shares = queries.disaggregated(call, hides_small=not sees_people)
        return super().get_context_data(**kwargs) | {
            "call": call,
            "shares": shares,
            "charts": charts(shares),
            "hides_small": not sees_people,
            "rules": [(rule, asked_for(rule)) for rule in call.rules.order_by("id")],
            "criteria": call.criteria.order_by("position"),
            "offers_open": call.offers.outstanding().count(),
            "unscored": queries.unscored(call) if call.state == CallState.SCREENING else 0,
            "progress": progress.of(call) if call.state == CallState.SCREENING else None,
            "may_manage": self.may(MANAGE),
            "may_score": self.may(Permission.SCORE_APPLICATIONS),
            "sees_people": sees_people,
            "crumbs": [{"label": _("Calls"), "url": self.desk.url("calls")}],
        }


class CallNew(FormPage):
    """Plan a call."""

    permission = write_permission = MANAGE
    title = gettext_lazy("Plan a call for applications")
    submit = gettext_lazy("Plan call")
    done = gettext_lazy("The call is planned. Now add its rules and criteria.")

    def make_form(self, data=None):
        """Return the form; the cohort named in the address is chosen already."""
        return NewCallForm(data)

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Calls"), "url": self.desk.url("calls")}]

    def act(self, facts):
        """Plan it."""
        made = actions.plan(facts.pop("cohort"), **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("call", uid=made.uid)


class OfCall(FormPage):
    """A form about one call."""

    permission = write_permission = MANAGE
    done = gettext_lazy("The call is changed.")

    def find(self, uid):
        """Find the call."""
        self.call = get_object_or_404(Call.objects.select_related("cohort", "centre"), uid=uid)

    def crumbs(self):
        """Return the list and the call."""
        page = self.desk.url("call", uid=self.call.uid)
        return [
            {"label": _("Calls"), "url": self.desk.url("calls")},
            {"label": self.call.title(), "url": page},
        ]


class CallEdit(OfCall):
    """Change a call."""

    title = gettext_lazy("Change the call")

    def make_form(self, data=None):
        """Bind the form to it."""
        return CallForm(data, instance=self.call)

    def act(self, facts):
        """Change it."""
        actions.edit(self.call, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class CallText(OfCall):
    """Put title and text into a language."""

    title = gettext_lazy("Title and text in another language")

    def make_form(self, data=None):
        """Start with what stands in the language of the address."""
        language = self.request.GET.get("language", "")
        before = {
            "language": language,
            "title": self.call.titles.get(language, ""),
            "text": self.call.texts.get(language, ""),
        }
        return TextForm(data, initial=before)

    def act(self, facts):
        """Write it."""
        language = facts.pop("language")
        actions.say(self.call, language, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class CallMove(DeskView):
    """One step of a call: the posted ``target``."""

    permission = write_permission = MANAGE
    http_method_names = ["post"]

    def post(self, request, uid):
        """Take the step."""
        call = get_object_or_404(Call, uid=uid)
        target = request.POST.get("target", "")
        if target not in STEPS:
            raise Http404
        step, done = STEPS[target]
        return self.attempt(
            lambda: step(self, call), done=str(done), back=self.desk.url("call", uid=uid)
        )

    def open_up(self, call):
        """Open it."""
        actions.open_up(call, by=self.desk.member, at=timezone.now())

    def close(self, call):
        """Close it; the lot is drawn now."""
        seed = secrets.token_hex(16)
        actions.close(call, seed=seed, by=self.desk.member, at=timezone.now())

    def screen(self, call):
        """Begin screening."""
        actions.move(call, CallState.SCREENING, by=self.desk.member, at=timezone.now())

    def cancel(self, call):
        """Cancel it."""
        actions.move(call, CallState.CANCELLED, by=self.desk.member, at=timezone.now())

    def end(self, call):
        """End it."""
        actions.move(call, CallState.ENDED, by=self.desk.member, at=timezone.now())

    def decide(self, call):
        """Check, then let the background decide."""
        at, by = timezone.now(), self.desk.member
        leave = bool(self.request.POST.get("leave_unscored"))
        decisions.may_start(call, leave_unscored=leave, by=by, at=at)
        progress.note(call, progress.Stage.WAITING)
        decisions.decide_later.after_commit(
            call=call.pk, by=by.user.name, at=at.isoformat(), leave_unscored=leave
        )

    def undo(self, call):
        """Take the decision back."""
        decisions.undo(call, by=self.desk.member, at=timezone.now())

    def send(self, call):
        """Send the offers."""
        decisions.send(call, by=self.desk.member, at=timezone.now())


STEPS = {
    "open": (CallMove.open_up, gettext_lazy("The call is open.")),
    "closed": (CallMove.close, gettext_lazy("The call is closed; the lot for ties is drawn.")),
    "screening": (CallMove.screen, gettext_lazy("Screening has begun.")),
    "cancelled": (CallMove.cancel, gettext_lazy("The call is cancelled.")),
    "ended": (CallMove.end, gettext_lazy("The call has ended.")),
    "decide": (CallMove.decide, gettext_lazy("The decision is being made.")),
    "undo": (CallMove.undo, gettext_lazy("The decision is taken back; nobody was told.")),
    "send": (CallMove.send, gettext_lazy("The offers are sent. The days to answer run.")),
}
