"""Addresses of the pages of learning."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from learning.web import (
    assessments,
    attendance,
    calendar,
    certification,
    feeds,
    lists,
    people,
    progress,
    sessions,
)
from partnerships.roles import Permission
from trainees.web import panels
from training.web import tabs

OF_COHORT = "cohorts/<uuid:uid>"

urlpatterns = [
    path("calendar/", calendar.CalendarPage.as_view(), name="calendar"),
    path("calendar/file/", calendar.CalendarFile.as_view(), name="calendar-file"),
    path(f"{OF_COHORT}/sessions/", sessions.CohortSessions.as_view(), name="cohort-sessions"),
    path(f"{OF_COHORT}/sessions/new/", sessions.SessionNew.as_view(), name="session-new"),
    path(
        f"{OF_COHORT}/sessions/weekly/", sessions.SessionsWeekly.as_view(), name="sessions-weekly"
    ),
    path(f"{OF_COHORT}/sessions/feed/", feeds.CohortFeed.as_view(), name="cohort-feed"),
    path("sessions/<uuid:uid>/", attendance.SessionPage.as_view(), name="session"),
    path("sessions/<uuid:uid>/edit/", sessions.SessionEdit.as_view(), name="session-edit"),
    path("sessions/<uuid:uid>/cancel/", sessions.SessionCancel.as_view(), name="session-cancel"),
    path(
        "sessions/<uuid:uid>/reinstate/",
        sessions.SessionReinstate.as_view(),
        name="session-reinstate",
    ),
    path(
        f"{OF_COHORT}/assessments/",
        assessments.CohortAssessments.as_view(),
        name="cohort-assessments",
    ),
    path(
        f"{OF_COHORT}/assessments/new/", assessments.AssessmentNew.as_view(), name="assessment-new"
    ),
    path("assessments/<uuid:uid>/", assessments.AssessmentPage.as_view(), name="assessment"),
    path(
        "assessments/<uuid:uid>/edit/",
        assessments.AssessmentEdit.as_view(),
        name="assessment-edit",
    ),
    path(f"{OF_COHORT}/progress/", progress.CohortProgress.as_view(), name="cohort-progress"),
    path(
        f"{OF_COHORT}/progress/modules/",
        progress.ModuleFromAttendance.as_view(),
        name="module-from-attendance",
    ),
    path(
        f"{OF_COHORT}/certification/",
        certification.CohortCertification.as_view(),
        name="cohort-certification",
    ),
    path(
        f"{OF_COHORT}/attendance/upload/",
        lists.AttendanceUpload.as_view(),
        name="attendance-upload",
    ),
    path(
        f"{OF_COHORT}/attendance/template/",
        lists.AttendanceTemplate.as_view(),
        name="attendance-template",
    ),
    path(
        f"{OF_COHORT}/languages/upload/", lists.LanguagesUpload.as_view(), name="languages-upload"
    ),
    path(
        f"{OF_COHORT}/languages/template/",
        lists.LanguagesTemplate.as_view(),
        name="languages-template",
    ),
    path("assessments/<uuid:uid>/upload/", lists.ResultsUpload.as_view(), name="results-upload"),
    path(
        "assessments/<uuid:uid>/template/", lists.ResultsTemplate.as_view(), name="results-template"
    ),
    path("trainees/<uuid:uid>/languages/new/", people.LanguageNew.as_view(), name="language-new"),
    path(
        "enrolments/<uuid:uid>/modules/new/", people.ModuleDoneNew.as_view(), name="module-done-new"
    ),
    path(
        "module-completions/<uuid:uid>/remove/",
        people.ModuleTakeBack.as_view(),
        name="module-take-back",
    ),
]

register(Entry(_("Training"), _("Calendar"), "calendar", "calendar3", Permission.VIEW_TRAINING, 23))
tabs.register(
    tabs.Tab(20, _("Sessions"), "cohort-sessions", "calendar3", Permission.VIEW_TRAINING),
    tabs.Tab(
        30, _("Assessments"), "cohort-assessments", "clipboard-check", Permission.VIEW_TRAINING
    ),
    tabs.Tab(40, _("Progress"), "cohort-progress", "grid-3x3", Permission.VIEW_TRAINEES),
    tabs.Tab(
        50, _("Certification"), "cohort-certification", "patch-check", Permission.VIEW_TRAINEES
    ),
)
panels.register(
    panels.Panel(
        20,
        "learning/_panel.html",
        people.learning_of,
        Permission.VIEW_TRAINEES,
        tab=panels.Tab.TRAINING,
    ),
)
