"""Addresses outside any desk."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from gsp.web.gallery import gallery
from reporting.web.desks import desks

urlpatterns = [
    path("", desks, name="desks"),
    path("gallery/", login_required(gallery), name="gallery"),
]
