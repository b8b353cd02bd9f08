"""The workforce app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """See the package's first line."""

    name = "workforce"
