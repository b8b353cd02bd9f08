"""The Django admin app, opened by ``OperatorSite``."""

from django.contrib.admin.apps import AdminConfig


class OperatorAdminConfig(AdminConfig):
    """The Django admin behind ``OperatorSite``."""

    default_site = "accounts.operators.OperatorSite"
