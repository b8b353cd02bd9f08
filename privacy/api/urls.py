"""Addresses of the API of privacy."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from privacy.api.views import DataRequestViewSet, PersonViewSet

router = SimpleRouter(trailing_slash=False)
router.register("data-requests", DataRequestViewSet, basename="api-data-request")

urlpatterns = [
    path(
        "trainees/<uuid:uid>/consents",
        PersonViewSet.as_view({"get": "consents", "post": "answer"}),
        name="api-person-consents",
    ),
    path(
        "trainees/<uuid:uid>/export",
        PersonViewSet.as_view({"get": "export"}),
        name="api-person-export",
    ),
    *router.urls,
]
