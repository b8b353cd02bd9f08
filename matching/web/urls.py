"""Addresses of gaps, proposals and runs."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from matching.web import courses
from matching.web.gaps import GapList
from matching.web.proposals import ProposalAnswer, ProposalList, ProposalPage
from matching.web.runs import RunList, RunPage
from partnerships.roles import Permission
from training.web import panels

urlpatterns = [
    path("gaps/", GapList.as_view(), name="gaps"),
    path("proposals/", ProposalList.as_view(), name="proposals"),
    path("proposals/<uuid:uid>/", ProposalPage.as_view(), name="proposal"),
    path("proposals/<uuid:uid>/answer/", ProposalAnswer.as_view(), name="proposal-answer"),
    path("runs/", RunList.as_view(), name="runs"),
    path("runs/<uuid:uid>/", RunPage.as_view(), name="run"),
]

MATCHING = _("Matching")
register(
    Entry(MATCHING, _("Gaps"), "gaps", "bar-chart", Permission.VIEW_GAPS, 40),
    Entry(MATCHING, _("Proposals"), "proposals", "lightbulb", Permission.VIEW_PROPOSALS, 42),
    Entry(MATCHING, _("Nightly runs"), "runs", "moon-stars", Permission.VIEW_GAPS, 44),
)
panels.register(
    panels.Panel(10, "matching/_course_gaps.html", courses.gaps_of, Permission.VIEW_GAPS)
)
