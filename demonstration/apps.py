"""The demonstration app."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Holds no tables: builds and removes the three demonstration agencies."""

    name = "demonstration"
