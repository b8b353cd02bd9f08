"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """See the package's first line."""

    name = "privacy"
