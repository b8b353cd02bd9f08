"""Addresses of privacy that need no account."""

from django.urls import path

from privacy.web.own_page import OwnPage

urlpatterns = [path("me/<str:code>/", OwnPage.as_view(), name="own-page")]
