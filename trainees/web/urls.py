"""Addresses of cohorts with their trainees, trainees and uploads."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from trainees.web import (
    case_panels,  # noqa: F401  registers the parts of a person's page
    cohorts,
    duplicates,
    enrolments,
    journey_panels,  # noqa: F401
    journeys,
    leaving,
    search,
    story,
    trainees,
    uploads,
    waiting,
)
from training.web import tabs

urlpatterns = [
    path("cohorts/<uuid:uid>/", cohorts.CohortPage.as_view(), name="cohort"),
    path("cohorts/<uuid:uid>/move/", cohorts.CohortMove.as_view(), name="cohort-move"),
    path("cohorts/<uuid:uid>/upload/", uploads.CohortUpload.as_view(), name="cohort-upload"),
    path("cohorts/<uuid:uid>/template/", uploads.CohortTemplate.as_view(), name="cohort-template"),
    path("duplicates/", duplicates.DuplicateList.as_view(), name="duplicates"),
    path("duplicates/<uuid:uid>/", duplicates.DuplicatePage.as_view(), name="duplicate"),
    path(
        "duplicates/<uuid:uid>/decide/",
        duplicates.DuplicateDecide.as_view(),
        name="duplicate-decide",
    ),
    path("people/", search.PeopleSearch.as_view(), name="people-search"),
    path("trainees/", trainees.TraineeList.as_view(), name="trainees"),
    path("trainees/<uuid:uid>/", trainees.TraineePage.as_view(), name="trainee"),
    path("events/<uuid:uid>/correct/", story.CorrectEvent.as_view(), name="event-correct"),
    path("enrolments/<uuid:uid>/move/", enrolments.EnrolmentMove.as_view(), name="enrolment-move"),
    path("enrolments/<uuid:uid>/certify/", enrolments.Certify.as_view(), name="enrolment-certify"),
    path("enrolments/<uuid:uid>/track/", enrolments.TrackDecide.as_view(), name="track-decide"),
    path("enrolments/<uuid:uid>/track/undo/", enrolments.TrackUndo.as_view(), name="track-undo"),
    path("enrolments/<uuid:uid>/leave/", leaving.Leave.as_view(), name="enrolment-leave"),
    path("enrolments/<uuid:uid>/return/", leaving.Return.as_view(), name="enrolment-return"),
    path("enrolments/<uuid:uid>/transfer/", leaving.Transfer.as_view(), name="enrolment-transfer"),
    path("enrolments/<uuid:uid>/counsel/", leaving.Counsel.as_view(), name="enrolment-counsel"),
    path("journeys/", journeys.JourneyList.as_view(), name="journeys"),
    path("journeys/<uuid:uid>/", journeys.JourneyPage.as_view(), name="journey"),
    path("journeys/<uuid:uid>/move/", journeys.JourneyMove.as_view(), name="journey-move"),
    path("follow-ups/", waiting.FollowUpList.as_view(), name="follow-ups"),
    path("follow-ups/<uuid:uid>/", waiting.FollowUpRecord.as_view(), name="follow-up"),
    path("deadlines/", waiting.NoticeList.as_view(), name="deadlines"),
]

SECTION = _("Training")
register(
    Entry(SECTION, _("Trainees"), "trainees", "people", Permission.VIEW_TRAINEES, 24),
    Entry(SECTION, _("Journeys"), "journeys", "signpost-split", Permission.VIEW_TRAINEES, 24),
    Entry(SECTION, _("Follow-ups"), "follow-ups", "telephone", Permission.VIEW_TRAINEES, 24),
    Entry(SECTION, _("Deadlines"), "deadlines", "alarm", Permission.VIEW_TRAINEES, 27),
    Entry(SECTION, _("Duplicates"), "duplicates", "intersect", Permission.REVIEW_DUPLICATES, 25),
)
tabs.register(
    tabs.Tab(10, _("Overview"), "cohort", "grid", Permission.VIEW_TRAINING),
)
