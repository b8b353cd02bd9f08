"""Addresses of the API of privacy."""

urlpatterns = []
