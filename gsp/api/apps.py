"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Holds no tables; registers the schema extension of machine tokens."""

    name = "gsp.api"

    def ready(self):
        """Register how the schema describes machine tokens."""
        from gsp.api import schema  # noqa: F401
