"""API addresses of learning."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from learning.api.assessments import (
    AssessmentViewSet,
    CompletionViewSet,
    LanguageResultViewSet,
    ResultViewSet,
)
from learning.api.certification import CertificationViewSet
from learning.api.sessions import AttendanceViewSet, SessionViewSet

router = SimpleRouter(trailing_slash=False)
router.register("sessions", SessionViewSet, basename="api-session")
router.register("attendance", AttendanceViewSet, basename="api-attendance")
router.register("assessments", AssessmentViewSet, basename="api-assessment")
router.register("assessment-results", ResultViewSet, basename="api-assessment-result")
router.register("language-results", LanguageResultViewSet, basename="api-language-result")
router.register("module-completions", CompletionViewSet, basename="api-module-completion")

urlpatterns = [
    path(
        "cohorts/<uuid:uid>/certification",
        CertificationViewSet.as_view({"get": "retrieve", "post": "create"}),
        name="api-cohort-certification",
    ),
    *router.urls,
]
