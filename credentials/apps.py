"""The credentials app."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """See the package's first line."""

    name = "credentials"
