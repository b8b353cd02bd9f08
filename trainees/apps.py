"""The trainees app."""

from django.apps import AppConfig


class TraineesConfig(AppConfig):
    """See the package's first line."""

    name = "trainees"
