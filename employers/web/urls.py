"""Addresses of the pages of demand."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from employers.web import editing, views
from gsp.web.navigation import Entry, register
from partnerships.roles import Permission

urlpatterns = [
    path("demand/", views.DemandList.as_view(), name="demands"),
    path("demand/new/", editing.DemandNew.as_view(), name="demand-new"),
    path("demand/<uuid:uid>/", views.DemandPage.as_view(), name="demand"),
    path("demand/<uuid:uid>/edit/", editing.DemandEdit.as_view(), name="demand-edit"),
    path("demand/<uuid:uid>/<slug:verb>/", views.DemandMove.as_view(), name="demand-move"),
]

register(Entry(_("Demand"), _("Demand"), "demands", "briefcase", Permission.VIEW_DEMAND, 30))
