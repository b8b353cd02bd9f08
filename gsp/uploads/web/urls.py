"""Addresses of the pages of lists."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.uploads import permissions
from gsp.uploads.web import headings, moves, pages, reading
from gsp.web.navigation import Entry, register

urlpatterns = [
    path("uploads/", pages.UploadList.as_view(), name="uploads"),
    path("uploads/settings/", reading.OwnReading.as_view(), name="upload-settings"),
    path(
        "organisations/<uuid:uid>/reading/", reading.ReadingOf.as_view(), name="upload-settings-of"
    ),
    path("uploads/<uuid:uid>/", pages.UploadPage.as_view(), name="upload"),
    path("uploads/<uuid:uid>/progress/", pages.UploadProgress.as_view(), name="upload-progress"),
    path("uploads/<uuid:uid>/headings/", headings.UploadHeadings.as_view(), name="upload-headings"),
    path("uploads/<uuid:uid>/move/", moves.UploadMove.as_view(), name="upload-move"),
    path("uploads/<uuid:uid>/decide/", moves.UploadDecide.as_view(), name="upload-decide"),
    path("uploads/<uuid:uid>/marked/", moves.UploadAnnotated.as_view(), name="upload-marked"),
]

register(Entry(_("Training"), _("Uploads"), "uploads", "cloud-arrow-up", permissions.VIEW, 26))
