"""Addresses of the API of learning."""

urlpatterns = []
