"""Reads for the pages of partnerships, organisations and members."""

from django.db.models import Count, F

from partnerships.models import Membership, Organisation, Partnership


def partnership_rows():
    """Return partnerships with their countries, by name."""
    return (
        Partnership.objects.select_related("destination", "away_language")
        .prefetch_related("origins__country")
        .order_by("name", "id")
    )


def organisation_rows():
    """Return organisations with their country and how many partnerships they are in, by name."""
    return (
        Organisation.objects.select_related("country")
        .annotate(partnership_count=Count("participations", distinct=True))
        .order_by("name", "id")
    )


def member_rows():
    """Return members with user and organisation: active first, the agency's own before others."""
    return Membership.objects.select_related("user", "organisation").order_by(
        "-is_active", F("organisation__name").asc(nulls_first=True), "user__name", "id"
    )


def may_join(partnership):
    """Return organisations that do not take part yet, by name."""
    return Organisation.objects.exclude(
        pk__in=partnership.participations.values("organisation_id")
    ).order_by("name", "id")
