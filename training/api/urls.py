"""Addresses of the training app."""

urlpatterns = []
