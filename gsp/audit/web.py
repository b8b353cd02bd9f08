"""Addresses of the audit trail."""

urlpatterns = []
