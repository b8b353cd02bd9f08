"""API addresses of the employers app."""

from rest_framework.routers import SimpleRouter

from employers.api.catalogue import OccupationViewSet, SkillViewSet
from employers.api.views import DemandViewSet

router = SimpleRouter(trailing_slash=False)
router.register("demand", DemandViewSet, basename="api-demand")
router.register("occupations", OccupationViewSet, basename="api-occupation")
router.register("skills", SkillViewSet, basename="api-skill")

urlpatterns = router.urls
