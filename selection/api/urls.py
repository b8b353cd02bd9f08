"""Addresses of the API of selection."""

urlpatterns = []
