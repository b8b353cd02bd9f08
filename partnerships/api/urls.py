"""Addresses of the partnerships app."""

urlpatterns = []
