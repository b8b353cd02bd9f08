"""API addresses of certificates."""

from rest_framework.routers import SimpleRouter

from credentials.api.views import CredentialViewSet

router = SimpleRouter(trailing_slash=False)
router.register("credentials", CredentialViewSet, "api-credential")

urlpatterns = router.urls
