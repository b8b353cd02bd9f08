"""Addresses of the API of selection."""

from rest_framework.routers import SimpleRouter

from selection.api.views import ApplicationViewSet, CallViewSet

router = SimpleRouter(trailing_slash=False)
router.register("calls", CallViewSet, basename="api-call")
router.register("applications", ApplicationViewSet, basename="api-application")

urlpatterns = router.urls
