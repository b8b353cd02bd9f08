"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Holds the base of the audit tables and the look log."""

    name = "gsp.audit"
