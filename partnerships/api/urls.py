"""API addresses of the partnerships app."""

from rest_framework.routers import SimpleRouter

from partnerships.api.views import OrganisationViewSet, PartnershipViewSet

router = SimpleRouter(trailing_slash=False)
router.register("partnerships", PartnershipViewSet, basename="api-partnership")
router.register("organisations", OrganisationViewSet, basename="api-organisation")

urlpatterns = router.urls
