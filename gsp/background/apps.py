"""The background app."""

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    """Holds the outbox."""

    name = "gsp.background"
