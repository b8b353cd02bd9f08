"""Addresses of the pages of selection."""

urlpatterns = []
