"""The selection app."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Registers the kinds of list that selection takes."""

    name = "selection"

    def ready(self):
        """Make the lists known to the pipeline."""
        from selection.actions import application_list, score_list  # noqa: F401
