"""The matching app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """See the package's first line."""

    name = "matching"

    def ready(self):
        """Let what was built on a consent follow its withdrawal."""
        from matching.actions import lapses  # noqa: F401
