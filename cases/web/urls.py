"""Addresses of the pages of cases."""

urlpatterns = []
