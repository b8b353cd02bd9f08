"""The selection app."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """See the package's first line."""

    name = "selection"
