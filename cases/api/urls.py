"""Addresses of the API of cases."""

urlpatterns = []
