"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package's first line."""

    name = "cases"

    def ready(self):
        """Let what documents say of their end be known to clocks and warnings."""
        from cases import queries  # noqa: F401  registers a source
