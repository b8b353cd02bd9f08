"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """See the package's first line."""

    name = "learning"
