"""The matching app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """See the package's first line."""

    name = "matching"
