"""API addresses of the workforce app."""

from rest_framework.routers import SimpleRouter

from workforce.api.views import FigureUploadViewSet, FigureViewSet

router = SimpleRouter(trailing_slash=False)
router.register("workforce-figures/uploads", FigureUploadViewSet, basename="api-figure-upload")
router.register("workforce-figures", FigureViewSet, basename="api-figure")

urlpatterns = router.urls
