"""Addresses of the pages across the domain."""

urlpatterns = []
