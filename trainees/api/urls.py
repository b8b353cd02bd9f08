"""API addresses of enrolments and uploads."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from trainees.api.duplicates import PossibleDuplicateViewSet
from trainees.api.lifecycle import EnrolmentActionViewSet, FollowUpViewSet, JourneyViewSet
from trainees.api.views import CohortUploadViewSet, EnrolmentViewSet

router = SimpleRouter(trailing_slash=False)
router.register("enrolments", EnrolmentViewSet, basename="api-enrolment")
router.register("enrolments", EnrolmentActionViewSet, basename="api-enrolment-action")
router.register("journeys", JourneyViewSet, basename="api-journey")
router.register("follow-ups", FollowUpViewSet, basename="api-follow-up")
router.register("duplicates", PossibleDuplicateViewSet, basename="api-duplicate")

urlpatterns = [
    path(
        "cohorts/<uuid:uid>/uploads",
        CohortUploadViewSet.as_view({"post": "create"}),
        name="api-cohort-upload",
    ),
    *router.urls,
]
