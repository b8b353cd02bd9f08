"""Addresses of the pages of learning."""

urlpatterns = []
