"""The page of one cohort with its trainees, and its moves."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.views import DeskPage, DeskView
from partnerships.roles import Permission
from trainees import queries
from trainees.actions import intakes
from trainees.rules import LISTS_OPEN
from training import waiting
from training.models import Cohort
from training.queries import cohorts
from training.states import CohortState
from training.web.tabs import tabs_of

SHOWN = 10
MOVES = {
    CohortState.RECRUITING: {"icon": "megaphone", "label": gettext_lazy("Start recruiting")},
    CohortState.IN_TRAINING: {"icon": "play", "label": gettext_lazy("Start training")},
    CohortState.ASSESSED: {"icon": "clipboard-check", "label": gettext_lazy("Finish assessment")},
    CohortState.CLOSED: {
        "icon": "lock",
        "label": gettext_lazy("Close"),
        "question": gettext_lazy("A closed cohort cannot be changed any more. Close it?"),
    },
    CohortState.CANCELLED: {
        "icon": "slash-circle",
        "label": gettext_lazy("Cancel the cohort"),
        "question": gettext_lazy(
            "Its trainees without a result are deferred, for another cohort to take. Cancel it?"
        ),
    },
}


class CohortPage(DeskPage):
    """One cohort: seats, decision window, trainees, uploads, and what may be done next."""

    permission = Permission.VIEW_TRAINING
    template_name = "trainees/cohort.html"

    def get_context_data(self, uid, **kwargs):
        """Add the cohort and what this member may see and do."""
        cohort = get_object_or_404(cohorts(), uid=uid)
        sees_trainees = self.may(Permission.VIEW_TRAINEES)
        takes_lists = cohort.state in LISTS_OPEN
        rows = queries.enrolments().filter(cohort=cohort).order_by("-id")
        shown = list(rows[:SHOWN]) if sees_trainees else None
        note_looks([row.person for row in shown or []], at=timezone.now())
        return super().get_context_data(**kwargs) | {
            "cohort": cohort,
            "enrolments": shown,
            "uploads": queries.uploads().filter(subject=cohort.uid)[:5] if sees_trainees else None,
            "may_edit": self.may(Permission.EDIT_TRAINING),
            "may_upload": takes_lists and self.may(Permission.UPLOAD_TRAINEES),
            "moves": self._moves(cohort),
            "next_steps": self._next_steps(cohort),
            "tabs": tabs_of(cohort, self, "cohort"),
            "crumbs": [{"label": _("Cohorts"), "url": self.desk.url("cohorts")}],
        }

    def _moves(self, cohort):
        """Return target, label and question of each move open to the member."""
        moves = cohort.lifecycle.open_to(cohort, self.desk.member)
        return [
            {"target": move.target, **MOVES[move.target]}
            for move in moves
            if not waiting.before(cohort, move.target, timezone.localdate())
        ]

    def _next_steps(self, cohort):
        """Return each next move with what it waits for: what, for whom, and where to do it."""
        steps = []
        for move in cohort.lifecycle.after(cohort.state):
            if move.target == CohortState.CANCELLED:
                continue
            missing = waiting.before(cohort, move.target, timezone.localdate())
            waits = [{"text": one.text, "who": one.who, "url": self._url(one)} for one in missing]
            steps.append({"label": MOVES[move.target]["label"], "waits": waits})
        return steps

    def _url(self, one) -> str:
        url = self.desk.url(one.url_name, **one.kwargs) if one.url_name else ""
        return f"{url}?{one.query}" if url and one.query else url


class CohortMove(DeskView):
    """Start, assess, close or cancel a cohort."""

    permission = write_permission = Permission.EDIT_TRAINING
    http_method_names = ["post"]

    def post(self, request, uid):
        """Move it to the posted ``target``."""
        cohort = get_object_or_404(Cohort, uid=uid)
        target = request.POST.get("target", "")
        return self.attempt(
            lambda: intakes.move(cohort, target, by=self.desk.member, at=timezone.now()),
            done=_("The cohort is now “%(state)s”.") % {"state": _label(target)},
            back=self.desk.url("cohort", uid=uid),
        )


def _label(target: str) -> str:
    return dict(CohortState.choices).get(target, target)
