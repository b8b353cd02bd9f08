"""Every address of the platform."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from gsp.api.errors import not_found
from gsp.web import health
from gsp.web.theme import set_theme

DESK = "desk/<slug:agency>/<slug:desk>/"
PUBLIC = "public/<slug:agency>/"
API = "api/v1/<slug:agency>/<slug:desk>/"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
    path("account/", include("allauth.mfa.urls")),
    path("", include("allauth.idp.urls")),
    path("api/v1/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("", include("reporting.urls")),
    path(
        DESK,
        include(
            [
                path("", include("reporting.web.urls")),
                path("", include("gsp.uploads.web.urls")),
                path("", include("partnerships.web.urls")),
                path("", include("training.web.urls")),
                path("", include("trainees.web.urls")),
                path("", include("employers.web.urls")),
                path("", include("workforce.web.urls")),
                path("", include("selection.web.urls")),
                path("", include("learning.web.urls")),
                path("", include("credentials.web.urls")),
                path("", include("cases.web.urls")),
                path("", include("matching.web.urls")),
                path("", include("privacy.web.urls")),
            ]
        ),
    ),
    path(
        PUBLIC,
        include(
            [
                path("", include("selection.web.public_urls")),
                path("", include("learning.web.public_urls")),
                path("", include("credentials.web.public_urls")),
                path("", include("privacy.web.public_urls")),
            ]
        ),
    ),
    path(
        API,
        include(
            [
                path("", include("gsp.uploads.api.urls")),
                path("", include("partnerships.api.urls")),
                path("", include("training.api.urls")),
                path("", include("trainees.api.urls")),
                path("", include("employers.api.urls")),
                path("", include("workforce.api.urls")),
                path("", include("selection.api.urls")),
                path("", include("learning.api.urls")),
                path("", include("credentials.api.urls")),
                path("", include("cases.api.urls")),
                path("", include("matching.api.urls")),
                path("", include("privacy.api.urls")),
            ]
        ),
    ),
    path("api/<path:rest>", not_found),
]
