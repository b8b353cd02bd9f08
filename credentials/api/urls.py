"""Addresses of the API of credentials."""

urlpatterns = []
