"""Certificates as the API shows and takes them."""

from rest_framework import serializers

from credentials.models import Credential
from credentials.rules import REVOCATION_REASONS


class CredentialSerializer(serializers.ModelSerializer):
    """A certificate, its holder by the centre's reference."""

    enrolment = serializers.UUIDField(source="enrolment.uid")
    person = serializers.UUIDField(source="person.uid")
    reference = serializers.CharField(source="person.reference")
    cohort = serializers.UUIDField(source="cohort.uid")
    centre = serializers.CharField(source="centre.slug")
    statement = serializers.JSONField(help_text="What was certified, frozen on the day of issue.")

    class Meta:
        model = Credential
        fields = [
            "uid",
            "enrolment",
            "person",
            "reference",
            "cohort",
            "centre",
            "statement",
            "issued_on",
            "valid_until",
            "state",
            "ended_on",
            "end_reason",
        ]
        read_only_fields = fields


class NewCredential(serializers.Serializer):
    """Whose certificate is issued, and until when it is valid (null: without end)."""

    enrolment = serializers.UUIDField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class CredentialAgain(serializers.Serializer):
    """Until when the new certificate is valid (null: without end)."""

    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class Revocation(serializers.Serializer):
    """Why a certificate is revoked; ``note`` is for the centre and the agency alone."""

    reason = serializers.ChoiceField(choices=REVOCATION_REASONS)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
