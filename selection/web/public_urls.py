"""Addresses of selection that need no account."""

urlpatterns = []
