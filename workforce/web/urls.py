"""Addresses of the workforce app."""

urlpatterns = []
