"""Addresses of the privacy desk, and of what is done about one person's data."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry
from gsp.web.navigation import register as register_entry
from partnerships.roles import Permission
from privacy.web import office, panel, people
from trainees.web.panels import Panel, Tab, register

urlpatterns = [
    path("trainees/<uuid:uid>/consent/", people.Consent.as_view(), name="trainee-consent"),
    path("trainees/<uuid:uid>/link/", people.OwnLink.as_view(), name="trainee-link"),
    path("trainees/<uuid:uid>/export/", people.Export.as_view(), name="trainee-export"),
    path("trainees/<uuid:uid>/erase/", people.Erase.as_view(), name="trainee-erase"),
    path("privacy/", office.RequestList.as_view(), name="privacy"),
    path("data-requests/<uuid:uid>/", office.RequestPage.as_view(), name="data-request"),
    path("privacy/retention/", office.RetentionPage.as_view(), name="retention"),
    path(
        "privacy/retention/<slug:record_type>/",
        office.RetentionRulePage.as_view(),
        name="retention-rule",
    ),
    path("privacy/wordings/", office.WordingList.as_view(), name="wordings"),
    path("privacy/wordings/<slug:purpose>/", office.WordingPage.as_view(), name="wording"),
]

register_entry(
    Entry(_("Oversight"), _("Privacy"), "privacy", "shield-lock", Permission.MANAGE_PRIVACY, 54)
)
register(
    Panel(
        90,
        "privacy/_panel.html",
        panel.context,
        Permission.VIEW_TRAINEES,
        aside=True,
        tab=Tab.OVERVIEW,
    )
)
