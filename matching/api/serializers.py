"""What the API says about gaps, runs and proposals."""

from rest_framework import serializers

from matching.models import Gap, Proposal, Run


class RunSerializer(serializers.ModelSerializer):
    """A run of the night."""

    partnership = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Run
        fields = (
            "uid",
            "partnership",
            "as_of",
            "input_hash",
            "engine_version",
            "catalogue_version",
            "counts",
            "finished_at",
        )


class GapSerializer(serializers.ModelSerializer):
    """One line of a gap table."""

    run = serializers.SlugRelatedField(slug_field="uid", read_only=True)
    isco_code = serializers.CharField(source="occupation.isco_code")
    occupation = serializers.CharField(source="occupation.uri")
    title = serializers.CharField(source="occupation.title")
    country = serializers.CharField(source="country_id")

    class Meta:
        model = Gap
        fields = (
            "uid",
            "run",
            "isco_code",
            "occupation",
            "title",
            "country",
            "term",
            "openings",
            "demand",
            "supply",
            "pipeline",
            "gap",
            "tension",
            "parts",
            "missing",
        )


class ProposalSerializer(serializers.ModelSerializer):
    """A proposal as both sides may read it: no name, no contact."""

    trainee = serializers.CharField(
        source="reference", allow_null=True, help_text="Reference; null where not disclosed."
    )

    class Meta:
        model = Proposal
        fields = (
            "uid",
            "track",
            "score",
            "state",
            "trainee",
            "facts",
            "skills_met",
            "skills_claimed",
            "skills_missing",
            "gates",
            "decline_reason",
            "created_at",
        )


class DeclineSerializer(serializers.Serializer):
    """Why a proposal is declined."""

    reason = serializers.CharField(max_length=200)
