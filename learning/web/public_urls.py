"""Addresses of learning that need no account."""

from django.urls import path

from learning.web.feeds import PublicCalendar

urlpatterns = [
    path("calendar/<str:code>.ics", PublicCalendar.as_view(), name="public-calendar"),
]
