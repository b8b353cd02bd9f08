"""The training app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """See the package's first line."""

    name = "training"
