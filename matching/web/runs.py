"""Runs: the nights, what each found and what it could not place."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.web.formats import number
from gsp.web.views import PAGE, DeskList, DeskPage
from matching import queries, words
from matching.actions import nights
from partnerships.roles import Permission

SIDES = ("trainees", "openings")


class RunList(DeskList):
    """All runs, newest first, and the button that starts one now."""

    permission = Permission.VIEW_GAPS
    write_permission = Permission.RUN_MATCHING
    template_name = "matching/runs.html"

    def get_queryset(self):
        """Return what the desk may see."""
        return queries.runs()

    def get_context_data(self, **kwargs):
        """Add whether the member may start a run."""
        return super().get_context_data(may_run=self.may(Permission.RUN_MATCHING), **kwargs)

    def post(self, request):
        """Order a run of every active partnership, in the background."""
        ordered = nights.order(timezone.now().date())
        messages.success(
            request,
            ngettext(
                "%(count)s run is ordered. It appears here when it is done.",
                "%(count)s runs are ordered. They appear here when they are done.",
                ordered,
            )
            % {"count": number(ordered)},
        )
        return redirect(self.desk.url("runs"))


class RunPage(DeskPage):
    """One run: counts, reasons, and who or what was left over."""

    permission = Permission.VIEW_GAPS
    template_name = "matching/run.html"

    def get_context_data(self, uid, **kwargs):
        """Add one page of the unmatched, with what stood in the way."""
        run = get_object_or_404(queries.runs(), uid=uid)
        side = self.request.GET.get("side", "trainees")
        side = side if side in SIDES else "trainees"
        pages = Paginator(queries.unmatched_of(run, side), PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        named = [
            entry["skill"] for row in page for near in row.nearest for entry in near["missing"]
        ]
        titles = queries.skill_titles(named)
        names = queries.names_of(side, [near["key"] for row in page for near in row.nearest])
        for row in page:
            row.reason_words = words.reason(row.reason)
            row.near = [_near(other, titles, names) for other in row.nearest]
        return super().get_context_data(
            run=run,
            side=side,
            page_obj=page,
            tabs=_tabs(run, side),
            reasons={
                name: [
                    (words.reason(code), count)
                    for code, count in sorted(run.counts["reasons"][name].items())
                ]
                for name in SIDES
            },
            stages=[(words.STAGES.get(name, name), spent) for name, spent in run.seconds.items()],
            crumbs=[{"label": _("Nightly runs"), "url": self.desk.url("runs")}],
            shows_person=self.may(Permission.VIEW_TRAINEES),
            **kwargs,
        )


def _near(other: dict, titles: dict[int, str], names: dict[int, str]) -> dict:
    """Return one near opening or trainee: its name, fit as a share, what stands in the way."""
    return {
        "name": names.get(other["key"], ""),
        "share": other["points"] / 1000,
        "taken": other["taken"],
        "shortfalls": [words.shortfall(entry) for entry in other["shortfalls"]],
        "missing": words.missing_items(other["missing"], titles),
    }


def _tabs(run, side: str) -> list[dict]:
    labels = {"trainees": _("Trainees without a proposal"), "openings": _("Openings left")}
    return [
        {
            "label": labels[name],
            "url": f"?side={name}",
            "current": name == side,
            "count": sum(run.counts["reasons"][name].values()),
        }
        for name in SIDES
    ]
