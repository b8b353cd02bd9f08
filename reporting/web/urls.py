"""Addresses of the pages across the domain."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from reporting.web.audit import AuditLog, AuditTrail
from reporting.web.home import Home
from reporting.web.partnership import PartnershipPage

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("partnerships/<uuid:uid>/", PartnershipPage.as_view(), name="partnership"),
    path("audit/", AuditLog.as_view(), name="audit-log"),
    path("audit/<str:label>/<uuid:uid>/", AuditTrail.as_view(), name="audit"),
]

register(
    Entry("", _("Home"), "home", "house", Permission.VIEW_PARTNERSHIPS, 0),
    Entry(
        _("Oversight"), _("Audit trail"), "audit-log", "clock-history", Permission.VIEW_AUDIT, 50
    ),
)
