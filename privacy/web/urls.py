"""Addresses of the pages of privacy."""

urlpatterns = []
