"""The gap table: where demand exceeds the local workforce and the pipeline."""

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from gsp.web import formats
from gsp.web.charts import gap_chart
from gsp.web.views import DeskList
from matching import queries, words
from matching.models import Gap
from matching.web.filters import GapFilter
from partnerships.roles import Permission

SHOWN = 8


class GapList(DeskList):
    """The newest gap table of one partnership."""

    permission = Permission.VIEW_GAPS
    template_name = "matching/gaps.html"
    filterset_class = GapFilter

    def get_queryset(self):
        """Return the gaps of the chosen partnership's newest run."""
        self.runs = queries.latest_runs()
        wanted = self.request.GET.get("partnership")
        chosen = [run for run in self.runs if str(run.partnership.uid) == wanted]
        self.run = (chosen or self.runs or [None])[0]
        return queries.gaps_of(self.run) if self.run else Gap.objects.none()

    def get_context_data(self, **kwargs):
        """Add the run, the choice of partnerships, the chart and the parts of each figure."""
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        for row in rows:
            row.part_lines = list(_parts(row))
            row.not_sent = words.not_sent(row.missing)
            row.term_words = words.TERMS[row.term]
        top = [gap for gap in self.object_list[:SHOWN] if gap.gap > 0]
        context |= {
            "rows": rows,
            "run": self.run,
            "tabs": self._tabs(),
            "legend": _legend(),
            "chart_title": _finding(self.object_list),
        }
        if top:
            context["chart"] = gap_chart(
                [
                    (
                        _label(gap),
                        *(round(part) for part in (gap.demand, gap.supply, gap.pipeline, gap.gap)),
                    )
                    for gap in top
                ],
                title=context["chart_title"],
                description=_("Demand, local supply, pipeline and gap of the greatest gaps."),
                rtl=get_language_bidi(),
            )
        return context

    def _tabs(self) -> list[dict]:
        return [
            {
                "label": run.partnership.name,
                "url": f"?partnership={run.partnership.uid}",
                "current": run == self.run,
            }
            for run in self.runs
        ]


def _legend() -> list[tuple[str, str]]:
    """Return the series of the chart, named in the language of the reader."""
    return [
        ("demand", _("Demand")),
        ("supply", _("Local supply")),
        ("pipeline", _("Pipeline")),
        ("gap", _("Gap")),
    ]


def _label(gap) -> str:
    return f"{gap.occupation.title}, {gap.country_id}, {words.TERMS[gap.term].lower()}"


def _finding(rows) -> str:
    """Return the chart's title: what it shows, said as a finding."""
    open_gaps = rows.filter(gap__gt=0).count()
    if not open_gaps:
        return _("Local supply and the pipeline cover all demand.")
    return ngettext(
        "%(count)s occupation lacks people",
        "%(count)s occupations and terms lack people",
        open_gaps,
    ) % {"count": formats.number(open_gaps)}


def _parts(gap):
    """Yield the parts of a gap in words: figure, part, quantity, factor, value."""
    titles = {"demand": _("Demand"), "supply": _("Local supply"), "pipeline": _("Pipeline")}
    for figure, title in titles.items():
        for part in gap.parts[figure]:
            yield {
                "figure": title,
                "label": words.PARTS.get(part["code"], part["code"]),
                "quantity": part["quantity"],
                "factor": part["factor"],
                "value": part["value"],
            }
