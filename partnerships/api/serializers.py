"""Partnerships and organisations as the API shows them."""

from rest_framework import serializers

from partnerships.models import Organisation, Partnership


class PartnershipSerializer(serializers.ModelSerializer):
    """The terms of a partnership."""

    destination = serializers.CharField(source="destination_id")
    away_language = serializers.CharField(source="away_language_id", allow_null=True)
    origins = serializers.SlugRelatedField(many=True, read_only=True, slug_field="country_id")

    class Meta:
        model = Partnership
        fields = [
            "uid",
            "slug",
            "name",
            "destination",
            "origins",
            "sectors",
            "agreement_reference",
            "starts_on",
            "ends_on",
            "home_seats",
            "away_seats",
            "home_floor",
            "away_language",
            "away_level",
            "away_language_days",
            "minimum_age",
            "maximum_age",
            "state",
            "is_demonstration",
        ]
        read_only_fields = fields


class OrganisationSerializer(serializers.ModelSerializer):
    """An organisation of the agency."""

    country = serializers.CharField(source="country_id")

    class Meta:
        model = Organisation
        fields = [
            "uid",
            "slug",
            "name",
            "kind",
            "country",
            "registry_number",
            "verified_on",
            "is_demonstration",
        ]
        read_only_fields = fields
