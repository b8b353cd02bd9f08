"""API addresses of the employers app."""

from rest_framework.routers import SimpleRouter

from employers.api.views import DemandViewSet

router = SimpleRouter(trailing_slash=False)
router.register("demand", DemandViewSet, basename="api-demand")

urlpatterns = router.urls
