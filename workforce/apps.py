"""The workforce app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """See the package's first line."""

    name = "workforce"

    def ready(self):
        """Make known the lists that the app takes."""
        from workforce.actions import figure_list  # noqa: F401  registers itself
