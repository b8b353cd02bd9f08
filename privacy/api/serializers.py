"""Shapes of consents and requests over the API."""

from rest_framework import serializers

from privacy.models import DataRequest
from trainees.models import Consent
from trainees.models.consent import Purpose


class ConsentSerializer(serializers.ModelSerializer):
    """One consent, as it was given."""

    version = serializers.IntegerField(source="wording.version", read_only=True)
    recipient = serializers.UUIDField(source="recipient.uid", default=None, read_only=True)
    country = serializers.CharField(source="country_id", read_only=True, allow_null=True)

    class Meta:
        model = Consent
        fields = (
            "uid",
            "purpose",
            "recipient",
            "country",
            "version",
            "language",
            "given_at",
            "given_through",
            "withdrawn_at",
            "withdrawn_through",
        )
        read_only_fields = fields


class ConsentAnswerSerializer(serializers.Serializer):
    """What a person answers: a purpose, and whether they agree."""

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    agrees = serializers.BooleanField()


class DataRequestSerializer(serializers.ModelSerializer):
    """What a person asks, and the answer."""

    person = serializers.UUIDField(source="person.uid", read_only=True)

    class Meta:
        model = DataRequest
        fields = ("uid", "person", "kind", "text", "asked_at", "due_on", "state", "answer")
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer):
    """The answer to a request."""

    answer = serializers.CharField(max_length=4000)
    done = serializers.BooleanField(help_text="False where the request is refused.")
