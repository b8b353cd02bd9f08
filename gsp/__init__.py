"""Wiring, and the few words that no domain owns."""

from gsp.celery import app as celery_app

__all__ = ["celery_app"]
