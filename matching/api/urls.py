"""API addresses of runs, gaps and proposals."""

from rest_framework.routers import SimpleRouter

from matching.api.views import GapViewSet, ProposalViewSet, RunViewSet

router = SimpleRouter(trailing_slash=False)
router.register("runs", RunViewSet, "api-run")
router.register("gaps", GapViewSet, "api-gap")
router.register("proposals", ProposalViewSet, "api-proposal")

urlpatterns = router.urls
