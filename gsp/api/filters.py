"""Filters that several lists of the API share."""

from datetime import UTC, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django_filters import rest_framework as filters

# A day from both ends of what Python counts, so that no time zone leads beyond them.
EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class MomentFilter(filters.IsoDateTimeFilter):
    """A moment in the form of ISO 8601, such as 2026-11-22T06:00:00Z."""

    def __init__(self, *args, **kwargs):
        bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(*args, validators=bounds, **kwargs)
