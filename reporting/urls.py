"""Addresses outside any desk."""

urlpatterns = []
