"""Addresses of selection that need no account."""

from django.urls import path

from selection.web import public

CALL = "calls/<slug:code>/"
urlpatterns = [
    path(CALL, public.CallPublic.as_view(), name="public-call"),
    path(f"{CALL}apply/", public.CallApply.as_view(), name="public-apply"),
    path(f"{CALL}code/", public.CallCode.as_view(), name="public-code"),
    path(f"{CALL}status/", public.CallStatus.as_view(), name="public-status"),
]
