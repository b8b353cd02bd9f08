"""The employers app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """See the package's first line."""

    name = "employers"
