"""Addresses of credentials that need no account."""

urlpatterns = []
