"""Hooks row security onto the end of ``migrate``."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    """Installs policies after every migration and checks who we log in as."""

    name = "gsp.tenancy"

    def ready(self):
        """Connect the one signal this project allows itself."""
        from gsp.tenancy import checks  # noqa: F401  registers the checks
        from gsp.tenancy.policies import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="gsp.tenancy.policies")
