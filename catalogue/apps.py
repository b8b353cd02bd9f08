"""The catalogue as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Global tables, read by every tenant, written by the operator's commands alone."""

    name = "catalogue"
    verbose_name = _("Catalogue")
