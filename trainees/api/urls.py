"""API addresses of enrolments and uploads."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from trainees.api.views import CohortUploadViewSet, EnrolmentViewSet, UploadViewSet

router = SimpleRouter(trailing_slash=False)
router.register("enrolments", EnrolmentViewSet, basename="api-enrolment")
router.register("uploads", UploadViewSet, basename="api-upload")

urlpatterns = [
    path(
        "cohorts/<uuid:uid>/uploads",
        CohortUploadViewSet.as_view({"post": "create"}),
        name="api-cohort-upload",
    ),
    *router.urls,
]
