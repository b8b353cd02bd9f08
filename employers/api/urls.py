"""Addresses of the employers app."""

urlpatterns = []
