"""Addresses of the pages of workforce figures."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from workforce.web import views

urlpatterns = [
    path("workforce-figures/", views.FigureList.as_view(), name="figures"),
    path("workforce-figures/upload/", views.FigureUpload.as_view(), name="figure-upload"),
    path("workforce-figures/template/", views.FigureTemplate.as_view(), name="figure-template"),
]

register(
    Entry(
        _("Demand"),
        _("Workforce figures"),
        "figures",
        "bar-chart",
        Permission.VIEW_WORKFORCE,
        34,
    )
)
