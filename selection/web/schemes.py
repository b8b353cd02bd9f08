"""Forms of a call's rules, criteria and questions."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import short_text
from gsp.web.views import DeskView
from partnerships.roles import Permission
from selection.actions import calls, schemes
from selection.models import Call
from selection.web.calls import OfCall
from selection.web.forms import CriterionForm, QuestionForm, RuleForm


class RuleNew(OfCall):
    """Add an eligibility rule."""

    title = gettext_lazy("Add a rule of eligibility")
    submit = gettext_lazy("Add rule")
    done = gettext_lazy("The rule is added; all applications are judged by it.")
    form_class = RuleForm

    def act(self, facts):
        """Add it."""
        kind = facts.pop("kind")
        schemes.add_rule(self.call, kind, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class CriterionNew(OfCall):
    """Add a criterion."""

    title = gettext_lazy("Add a criterion")
    submit = gettext_lazy("Add criterion")
    done = gettext_lazy("The criterion is added.")

    def make_form(self, data=None):
        """Return the form."""
        return CriterionForm(data)

    def act(self, facts):
        """Add it."""
        schemes.add_criterion(self.call, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class QuestionNew(OfCall):
    """Ask a question, or put one into another language."""

    title = gettext_lazy("Ask a question")
    submit = gettext_lazy("Save question")
    form_class = QuestionForm

    def act(self, facts):
        """Ask it."""
        labels = {facts["language"]: facts["label"]}
        calls.ask(
            self.call,
            facts["key"],
            labels=labels,
            longest=facts["longest"],
            by=self.desk.member,
            at=timezone.now(),
        )
        return self.cancel()


class CallPartRemove(DeskView):
    """Take a rule, a criterion or a question away."""

    permission = write_permission = Permission.MANAGE_SELECTION
    http_method_names = ["post"]

    def post(self, request, uid):
        """Remove the posted ``rule`` or ``criterion`` (identifier), or ``question`` (code)."""
        call = get_object_or_404(Call, uid=uid)
        how = {"by": self.desk.member, "at": timezone.now()}
        if "rule" in request.POST:
            row = self._of(call.rules, "rule")
            action = lambda: schemes.drop_rule(row, **how)  # noqa: E731
        elif "criterion" in request.POST:
            row = self._of(call.criteria, "criterion")
            action = lambda: schemes.drop_criterion(row, **how)  # noqa: E731
        else:
            key = short_text(request.POST, "question", 30)
            action = lambda: calls.ask_no_more(call, key, **how)  # noqa: E731
        return self.attempt(
            action, done=_("The call is changed."), back=self.desk.url("call", uid=uid)
        )

    def _of(self, rows, name: str):
        wanted = self.request.POST[name]
        found = next((row for row in rows.all() if str(row.uid) == wanted), None)
        if found is None:
            raise Http404
        return found
