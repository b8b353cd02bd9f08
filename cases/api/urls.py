"""Addresses of the API of cases."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from cases.api.views import (
    CaseDocumentViewSet,
    CaseNoteViewSet,
    CaseViewSet,
    DocumentViewSet,
    TaskViewSet,
)

router = SimpleRouter(trailing_slash=False)
router.register("cases", CaseViewSet, basename="api-case")
router.register("documents", DocumentViewSet, basename="api-document")
router.register("tasks", TaskViewSet, basename="api-task")

urlpatterns = [
    path(
        "cases/<uuid:uid>/documents",
        CaseDocumentViewSet.as_view({"post": "create"}),
        name="api-case-document",
    ),
    path(
        "cases/<uuid:uid>/notes",
        CaseNoteViewSet.as_view({"get": "list", "post": "create"}),
        name="api-case-note",
    ),
    *router.urls,
]
