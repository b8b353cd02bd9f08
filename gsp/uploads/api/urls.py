"""API addresses of lists."""

from rest_framework.routers import SimpleRouter

from gsp.uploads.api.views import UploadViewSet

router = SimpleRouter(trailing_slash=False)
router.register("uploads", UploadViewSet, basename="api-upload")

urlpatterns = router.urls
