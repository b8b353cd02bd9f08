"""Addresses of privacy that need no account."""

urlpatterns = []
