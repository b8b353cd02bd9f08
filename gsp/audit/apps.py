"""The audit app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Holds the base of the audit tables and the look log."""

    name = "gsp.audit"

    def ready(self):
        """Bring the function that the triggers call up to what it should be."""
        from gsp.audit.context import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="gsp.audit.context")
