"""The privacy app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PrivacyConfig(AppConfig):
    """See the package's first line."""

    name = "privacy"

    def ready(self):
        """Bring the door of erasure up to the models, like row security."""
        from privacy.scrub import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="privacy.scrub")
