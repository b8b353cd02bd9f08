"""Addresses of credentials that need no account; signed credentials name them for good."""

from django.urls import path

from credentials.web import public

urlpatterns = [
    path("credentials/", public.CodeEntry.as_view(), name="public-credentials"),
    path("credentials/issuer/", public.Issuer.as_view(), name="public-issuer"),
    path("credentials/issuer/jwks.json", public.KeySet.as_view(), name="public-key-set"),
    path("credentials/terms/1/", public.Terms.as_view(), name="public-terms"),
    path(
        "credentials/status/<int:number>/", public.StatusList.as_view(), name="public-status-list"
    ),
    path("credentials/<str:code>/", public.CredentialCheck.as_view(), name="public-credential"),
]
