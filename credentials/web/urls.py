"""Addresses of the pages of certificates."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from credentials.web import cohorts, credentials, keys
from credentials.web.panel import certificates
from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from trainees.web import panels
from training.web import tabs

FILES = {"json": "credential-json", "jwt": "credential-token"}

urlpatterns = [
    path("credentials/", credentials.CredentialList.as_view(), name="credentials"),
    path("credentials/<uuid:uid>/", credentials.CredentialPage.as_view(), name="credential"),
    path("credentials/<uuid:uid>/pdf/", credentials.CredentialPdf.as_view(), name="credential-pdf"),
    *(
        path(
            f"credentials/<uuid:uid>/{form}/",
            credentials.CredentialFile.as_view(),
            {"form": form},
            name=name,
        )
        for form, name in FILES.items()
    ),
    path(
        "credentials/<uuid:uid>/revoke/",
        credentials.CredentialRevoke.as_view(),
        name="credential-revoke",
    ),
    path(
        "credentials/<uuid:uid>/again/",
        credentials.CredentialAgain.as_view(),
        name="credential-again",
    ),
    path(
        "enrolments/<uuid:uid>/credential/",
        credentials.EnrolmentCredential.as_view(),
        name="enrolment-credential",
    ),
    path(
        "cohorts/<uuid:uid>/credentials/",
        cohorts.CohortCredentials.as_view(),
        name="cohort-credentials",
    ),
    path("signing-keys/", keys.KeyList.as_view(), name="signing-keys"),
]

SEES = Permission.VIEW_TRAINEES
register(Entry(_("Training"), _("Certificates"), "credentials", "patch-check", SEES, 28))
tabs.register(tabs.Tab(60, _("Certificates"), "cohort-credentials", "patch-check", SEES))
panels.register(
    panels.Panel(20, "credentials/_panel.html", certificates, SEES, tab=panels.Tab.TRAINING)
)
