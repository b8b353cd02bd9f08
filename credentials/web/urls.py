"""Addresses of the pages of credentials."""

urlpatterns = []
