"""The trainees app."""

from django.apps import AppConfig


class TraineesConfig(AppConfig):
    """See the package's first line."""

    name = "trainees"

    def ready(self):
        """Make known the lists that the app takes."""
        from trainees.actions import cohort_upload  # noqa: F401  registers itself
