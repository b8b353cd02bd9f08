"""The first page of a desk: what waits, what the night found, what changed."""

from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cases.queries import waiting_for
from employers.states import Term
from gsp.audit.queries import changes
from gsp.web.charts import gap_chart
from gsp.web.views import DeskPage
from matching.queries import latest_runs
from partnerships.queries import partnership_rows
from partnerships.roles import Permission, Role
from reporting import queries
from reporting.web.waiting import tiles
from reporting.web.words import change_lines

RECENT = 8
TASKS = 5


class Home(DeskPage):
    """Each role finds its own: a block is shown to whoever may see what is in it."""

    permission = Permission.VIEW_PARTNERSHIPS
    template_name = "reporting/home.html"

    def get_context_data(self, **kwargs):
        """Gather the blocks; each costs a constant number of queries."""
        today = timezone.localdate()
        context = super().get_context_data(**kwargs)
        context |= {"today": today, "tiles": tiles(self.desk, today)}
        for block in (self._night, self._training, self._demand, self._rest):
            context |= block(today)
        return context

    def _night(self, today) -> dict:
        if not self.may(Permission.VIEW_GAPS):
            return {}
        runs = latest_runs()
        for run in runs:
            run.left_over = {side: sum(why.values()) for side, why in _reasons(run).items()}
        gaps = list(queries.greatest_gaps(runs))
        return {"shows_night": True, "runs": runs, "gaps": gaps, **_gap_picture(gaps)}

    def _training(self, today) -> dict:
        found = {}
        if self.may(Permission.VIEW_TRAINEES):
            staff = self.desk.organisation is None
            rows = queries.closing_windows(today) if staff else queries.running_cohorts()
            found["cohorts"] = rows[: queries.SHOWN]
            found["languages"] = queries.expiring_languages(today)[: queries.SHOWN]
        if self.may(Permission.EDIT_CASES):
            found["tasks"] = waiting_for(self.desk.member, today)[:TASKS]
        if self.may(Permission.UPLOAD_TRAINEES):
            found["uploads"] = queries.refused_uploads(today)[: queries.SHOWN]
        return found

    def _demand(self, today) -> dict:
        found = {}
        if self.may(Permission.VIEW_DEMAND) and self.desk.organisation:
            found["demands"] = queries.open_demand()[: queries.SHOWN]
        elif self.may(Permission.VIEW_DEMAND):
            found["demands"] = queries.ending_demand(today)[: queries.SHOWN]
        if self.may(Permission.ANSWER_PROPOSALS) and self.desk.organisation:
            found["proposals"] = queries.best_proposals()
        if self.may(Permission.VIEW_WORKFORCE):
            found["quarters"] = queries.quarters_missing(today)[: queries.SHOWN]
        return found

    def _rest(self, today) -> dict:
        found = {}
        if self.desk.member.role == Role.FINANCE_OFFICER or self.desk.organisation:
            found["partnerships"] = partnership_rows()[: queries.SHOWN]
        if self.desk.member.role == Role.AUDITOR:
            found["changes"] = change_lines(changes()[:RECENT])
        return found


def _reasons(run) -> dict[str, dict]:
    """Return how many trainees and openings the run left over, by reason."""
    return run.counts.get("reasons", {"trainees": {}, "openings": {}})


def _label(gap) -> str:
    term = _("within 12 months") if gap.term == Term.SHORT else _("later")
    return f"{gap.occupation.title}, {gap.country_id}, {term}"


def _gap_picture(gaps) -> dict:
    """Return the chart of the greatest gaps and its legend; nothing where there is none."""
    if not gaps:
        return {}
    rows = [
        (_label(gap), *(round(part) for part in (gap.demand, gap.supply, gap.pipeline, gap.gap)))
        for gap in gaps
    ]
    chart = gap_chart(
        rows,
        title=_("Greatest gaps"),
        description=_("Demand, local supply, pipeline and gap of the greatest gaps."),
        rtl=get_language_bidi(),
    )
    legend = [
        ("demand", _("Demand")),
        ("supply", _("Local supply")),
        ("pipeline", _("Pipeline")),
        ("gap", _("Gap")),
    ]
    return {"chart": chart, "legend": legend}
