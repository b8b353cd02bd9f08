"""Addresses of the pages of selection."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from selection.web import applications, calls, export, lists, schemes, scoring
from selection.web.panel import PANEL
from trainees.web import panels

CALL, APPLICATION = "calls/<uuid:uid>/", "applications/<uuid:uid>/"
urlpatterns = [
    path("calls/", calls.CallList.as_view(), name="calls"),
    path("calls/new/", calls.CallNew.as_view(), name="call-new"),
    path(CALL, calls.CallPage.as_view(), name="call"),
    path(f"{CALL}edit/", calls.CallEdit.as_view(), name="call-edit"),
    path(f"{CALL}text/", calls.CallText.as_view(), name="call-text"),
    path(f"{CALL}move/", calls.CallMove.as_view(), name="call-move"),
    path(f"{CALL}rules/new/", schemes.RuleNew.as_view(), name="rule-new"),
    path(f"{CALL}criteria/new/", schemes.CriterionNew.as_view(), name="criterion-new"),
    path(f"{CALL}questions/new/", schemes.QuestionNew.as_view(), name="question-new"),
    path(f"{CALL}remove/", schemes.CallPartRemove.as_view(), name="call-part-remove"),
    path(f"{CALL}score/", scoring.CallScore.as_view(), name="call-score"),
    path(f"{CALL}applications/", applications.ApplicationList.as_view(), name="applications"),
    path(f"{CALL}applications/new/", applications.ApplicationNew.as_view(), name="application-new"),
    path(f"{CALL}export/", export.ApplicationExport.as_view(), name="application-export"),
    path(f"{CALL}list/", lists.ApplicationListSend.as_view(), name="application-list"),
    path(
        f"{CALL}list/template/",
        lists.ApplicationListTemplate.as_view(),
        name="application-list-template",
    ),
    path(f"{CALL}scores/", lists.ScoreListSend.as_view(), name="score-list"),
    path(f"{CALL}scores/template/", lists.ScoreListTemplate.as_view(), name="score-list-template"),
    path(APPLICATION, applications.ApplicationPage.as_view(), name="application"),
    path(
        f"{APPLICATION}override/",
        applications.ApplicationOverride.as_view(),
        name="application-override",
    ),
    path(
        f"{APPLICATION}answer/", applications.ApplicationAnswer.as_view(), name="application-answer"
    ),
]

register(
    Entry(_("Training"), _("Calls"), "calls", "megaphone", Permission.VIEW_TRAINING, 21),
)
panels.register(PANEL)
