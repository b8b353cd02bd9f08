"""The scoring page: the next application without this scorer's points, anonymous where agreed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.views import DeskPage
from gsp.workflow import Refused
from partnerships.roles import Permission
from selection import queries
from selection.actions import scores
from selection.models import Application, Call, Criterion
from selection.web.applications import answers_of
from selection.web.forms import ScoreForm

ROUNDS = {"paper": True, "interview": False}


class CallScore(DeskPage):
    """One application after another: ``?round=interview`` scores what cannot be anonymous."""

    permission = write_permission = Permission.SCORE_APPLICATIONS
    template_name = "selection/score.html"

    def get(self, request, uid):
        """Show the next application, or the one named by ``?application=``."""
        self.find(uid)
        one = self.chosen(request.GET.get("application", ""))
        return self.show(one, self.form_of(one) if one else None)

    def post(self, request, uid):
        """Record the points and go on, or leave this one for later."""
        self.find(uid)
        one = self.chosen(request.POST.get("application", ""))
        here = f"{request.path}?round={self.round}"
        if one is None:
            return redirect(here)
        if "skip" in request.POST:
            return redirect(f"{here}&after={one.uid}")
        form = self.form_of(one, request.POST)
        if form.is_valid() and self.record(one, form):
            return redirect(here)
        return self.show(one, form)

    def find(self, uid):
        """Find the call and this member's criteria in the round."""
        rows = Call.objects.select_related("cohort", "centre")
        self.call = get_object_or_404(rows, uid=uid)
        wanted = self.request.GET.get("round", "")
        self.round = wanted if wanted in ROUNDS else "paper"
        side = Criterion.Scorer.AGENCY if self.desk.organisation is None else "centre"
        mine = self.call.criteria.filter(scored_by__in=[Criterion.Scorer.ANYBODY, side])
        self.criteria = list(mine.filter(is_anonymous=ROUNDS[self.round]).order_by("position"))

    def waiting(self):
        """Return applications that lack this scorer's points or a third opinion."""
        scorer = scores.scorer_of(self.desk.member)
        return queries.to_score(self.call, self.criteria, scorer)

    def chosen(self, uid: str) -> Application | None:
        """Return the application named, else the next one, else None."""
        if not self.criteria:
            return None
        if uid:
            rows = queries.applications(self.call)
            return get_object_or_404(rows, uid=uid) if _is_uid(uid) else None
        rows = self.waiting().order_by("id")
        skipped = self.request.GET.get("after", "")
        if _is_uid(skipped):
            later = self.call.applications.filter(uid=skipped).values("id")[:1]
            return rows.filter(id__gt=later).first() or rows.first()
        return rows.first()

    def form_of(self, one, data=None):
        """Return the form with this scorer's earlier points."""
        mine = one.scores.filter(scorer=scores.scorer_of(self.desk.member))
        given = {score.criterion_id: score for score in mine}
        return ScoreForm(data, criteria=self.criteria, given=given)

    def record(self, one, form) -> bool:
        """Record the points; tell whether it worked."""
        try:
            scores.record(
                one,
                form.points(),
                comments=form.comments(),
                by=self.desk.member,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return False
        messages.success(self.request, _("Scored. Here is the next one."))
        return True

    def show(self, one, form):
        """Show the page; who it is only where the round is not anonymous, and then noted."""
        named = not ROUNDS[self.round]
        if one is not None and named:
            note_looks([one.person], at=timezone.now())
        return self.render_to_response(
            self.get_context_data(
                call=self.call,
                application=one,
                form=form,
                is_named=named,
                round=self.round,
                answers=answers_of(one) if one else [],
                languages=sorted(one.languages.items()) if one else [],
                left=self.waiting().count() if self.criteria else 0,
                has_criteria=bool(self.criteria),
                crumbs=[
                    {"label": _("Calls"), "url": self.desk.url("calls")},
                    {
                        "label": self.call.title(),
                        "url": self.desk.url("call", uid=self.call.uid),
                    },
                ],
            )
        )


def _is_uid(text: str) -> bool:
    return len(text) == 36 and set(text) <= set("0123456789abcdef-") and text.count("-") == 4
