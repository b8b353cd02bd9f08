"""Addresses of the trainees app."""

urlpatterns = []
