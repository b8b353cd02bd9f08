"""Addresses of partnerships, organisations, members and roles."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from partnerships.web import clients, members, organisations, partnerships

urlpatterns = [
    path("partnerships/", partnerships.PartnershipList.as_view(), name="partnerships"),
    path("partnerships/new/", partnerships.PartnershipNew.as_view(), name="partnership-new"),
    path(
        "partnerships/<uuid:uid>/edit/",
        partnerships.PartnershipEdit.as_view(),
        name="partnership-edit",
    ),
    path(
        "partnerships/<uuid:uid>/move/",
        partnerships.PartnershipMove.as_view(),
        name="partnership-move",
    ),
    path(
        "partnerships/<uuid:uid>/participants/new/",
        partnerships.ParticipantNew.as_view(),
        name="participant-new",
    ),
    path(
        "participations/<uuid:uid>/end/",
        partnerships.ParticipationEnd.as_view(),
        name="participation-end",
    ),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisations"),
    path("organisations/new/", organisations.OrganisationNew.as_view(), name="organisation-new"),
    path(
        "organisations/<uuid:uid>/", organisations.OrganisationPage.as_view(), name="organisation"
    ),
    path(
        "organisations/<uuid:uid>/edit/",
        organisations.OrganisationEdit.as_view(),
        name="organisation-edit",
    ),
    path(
        "organisations/<uuid:uid>/verify/",
        organisations.OrganisationVerify.as_view(),
        name="organisation-verify",
    ),
    path("members/", members.MemberList.as_view(), name="members"),
    path("members/new/", members.MemberNew.as_view(), name="member-new"),
    path("members/<uuid:uid>/edit/", members.MemberEdit.as_view(), name="member-edit"),
    path("members/<uuid:uid>/standing/", members.MemberStanding.as_view(), name="member-standing"),
    path("roles/", members.Roles.as_view(), name="roles"),
    path("clients/", clients.ClientList.as_view(), name="clients"),
    path("clients/new/", clients.ClientNew.as_view(), name="client-new"),
    path("clients/<uuid:uid>/", clients.ClientDetail.as_view(), name="client"),
    path("clients/<uuid:uid>/rotate/", clients.ClientRotate.as_view(), name="client-rotate"),
    path("clients/<uuid:uid>/revoke/", clients.ClientRevoke.as_view(), name="client-revoke"),
]

SECTION = _("Partnerships")
register(
    Entry(SECTION, _("Partnerships"), "partnerships", "globe2", Permission.VIEW_PARTNERSHIPS, 10),
    Entry(
        SECTION, _("Organisations"), "organisations", "buildings", Permission.VIEW_ORGANISATIONS, 12
    ),
    Entry(SECTION, _("Members"), "members", "person-badge", Permission.VIEW_MEMBERS, 14),
    Entry(SECTION, _("Roles"), "roles", "key", Permission.VIEW_MEMBERS, 16),
    Entry(_("Oversight"), _("Machine clients"), "clients", "cpu", Permission.MANAGE_CLIENTS, 52),
)
