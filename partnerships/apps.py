"""The partnerships app."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Agencies, organisations, members, partnerships."""

    name = "partnerships"
