"""Addresses of the matching app."""

urlpatterns = []
