"""The uploads app."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Holds the record of every file received."""

    name = "gsp.uploads"
