"""Enrolments and uploads as the API shows them."""

from rest_framework import serializers

from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision


class PersonReferenceSerializer(serializers.ModelSerializer):
    """Who is enrolled, by the centre's reference."""

    class Meta:
        model = Person
        fields = ["uid", "reference"]
        read_only_fields = fields


class SkillClaimSerializer(serializers.ModelSerializer):
    """A skill the person has or claims."""

    skill = serializers.CharField(source="skill.uri")
    title = serializers.CharField(source="skill.title")

    class Meta:
        model = SkillClaim
        fields = ["skill", "title", "level", "evidence"]
        read_only_fields = fields


class LanguageResultSerializer(serializers.ModelSerializer):
    """A language test."""

    language = serializers.CharField(source="language_id")

    class Meta:
        model = LanguageResult
        fields = ["language", "skill", "level", "tested_on", "expires_on"]
        read_only_fields = fields


class PersonSerializer(serializers.ModelSerializer):
    """The person, with what identifies them; every reading is noted."""

    country = serializers.CharField(source="country_id")
    skills = SkillClaimSerializer(many=True)
    languages = LanguageResultSerializer(many=True)

    class Meta:
        model = Person
        fields = [
            "uid",
            "reference",
            "given_name",
            "family_name",
            "birth_date",
            "sex",
            "country",
            "region",
            "document_number",
            "email",
            "phone",
            "may_be_proposed",
            "skills",
            "languages",
            "is_demonstration",
        ]
        read_only_fields = fields


class TrackDecisionSerializer(serializers.ModelSerializer):
    """A decision for a track."""

    class Meta:
        model = TrackDecision
        fields = ["track", "decided_on", "reason", "adviser"]
        read_only_fields = fields


class EnrolmentSerializer(serializers.ModelSerializer):
    """One place in a cohort; ``person`` is null for members who may not see trainees."""

    cohort = serializers.UUIDField(source="cohort.uid")
    partnership = serializers.CharField(source="cohort.partnership.slug")
    centre = serializers.CharField(source="centre.slug")
    person = PersonReferenceSerializer(allow_null=True)

    class Meta:
        model = Enrolment
        fields = [
            "uid",
            "cohort",
            "partnership",
            "centre",
            "person",
            "enrolled_on",
            "certified_on",
            "track",
            "state",
            "state_changed_at",
        ]
        read_only_fields = fields

    def to_representation(self, enrolment):
        """Leave the person out where the member may not see trainees."""
        shown = super().to_representation(enrolment)
        return shown if self.context["sees_persons"] else shown | {"person": None}


class EnrolmentDetailSerializer(EnrolmentSerializer):
    """One place in a cohort with the person and the track decisions, the latest first."""

    person = PersonSerializer(allow_null=True)
    track_decisions = TrackDecisionSerializer(many=True)

    class Meta(EnrolmentSerializer.Meta):
        fields = [*EnrolmentSerializer.Meta.fields, "track_decisions"]
        read_only_fields = fields


class ListSent(serializers.Serializer):
    """A CSV or XLSX file with the columns of the template."""

    file = serializers.FileField(allow_empty_file=True)  # what is wrong with it is recorded
