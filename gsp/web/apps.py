"""The web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds no tables: base views, template tags, charts, assets."""

    name = "gsp.web"
