"""The reporting app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Holds no tables: pages that read across the domain."""

    name = "reporting"
