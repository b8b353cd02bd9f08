"""What the API says about gaps, runs and proposals."""

from drf_spectacular.utils import extend_schema_field
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


class NamedSkillSerializer(serializers.Serializer):
    """A skill of ESCO."""

    uri = serializers.URLField()
    title = serializers.CharField()


class MissingSkillSerializer(NamedSkillSerializer):
    """A skill that is not there, or not at the level asked; levels go from 1 to 4."""

    why = serializers.ChoiceField(choices=["essential", "optional", "level"])
    held = serializers.IntegerField(required=False)
    asked = serializers.IntegerField(required=False)


class ProposalSerializer(serializers.ModelSerializer):
    """A proposal as both sides may read it: no name, no contact.

    The context's ``skills`` maps the ids that the proposals name to skills.
    """

    skills_met = serializers.SerializerMethodField()
    skills_claimed = serializers.SerializerMethodField()
    skills_missing = serializers.SerializerMethodField()

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

    @extend_schema_field(NamedSkillSerializer(many=True))
    def get_skills_met(self, proposal) -> list[dict]:
        """Return the skills shown with evidence."""
        return [self._skill(pk) for pk in proposal.skills_met]

    @extend_schema_field(NamedSkillSerializer(many=True))
    def get_skills_claimed(self, proposal) -> list[dict]:
        """Return the skills claimed without evidence."""
        return [self._skill(pk) for pk in proposal.skills_claimed]

    @extend_schema_field(MissingSkillSerializer(many=True))
    def get_skills_missing(self, proposal) -> list[dict]:
        """Return what is missing or below the level asked."""
        return [
            self._skill(entry["skill"])
            | {name: value for name, value in entry.items() if name != "skill"}
            for entry in proposal.skills_missing
        ]

    def _skill(self, pk: int) -> dict:
        skill = self.context["skills"][pk]
        return {"uri": skill.uri, "title": skill.title}


class DeclineSerializer(serializers.Serializer):
    """Why a proposal is declined."""

    reason = serializers.CharField(max_length=200)
