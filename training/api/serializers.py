"""Courses and cohorts as the API reads and writes them: shape only, meaning is in the rules."""

from rest_framework import serializers

from catalogue.models import Occupation, SkillLevel
from training.models import Cohort, Course, CourseSkill, Module, ModuleOutcome


class TaughtOccupationSerializer(serializers.ModelSerializer):
    """The occupation a course leads to."""

    class Meta:
        model = Occupation
        fields = ["uri", "code", "isco_code", "title"]
        read_only_fields = fields


class CourseSkillSerializer(serializers.ModelSerializer):
    """A skill the course teaches."""

    skill = serializers.CharField(source="skill.uri")
    title = serializers.CharField(source="skill.title")

    class Meta:
        model = CourseSkill
        fields = ["skill", "title", "level"]
        read_only_fields = fields


class OutcomeSerializer(CourseSkillSerializer):
    """What whoever passes a module can do."""

    class Meta(CourseSkillSerializer.Meta):
        model = ModuleOutcome
        fields = CourseSkillSerializer.Meta.fields
        read_only_fields = fields


class ModuleSerializer(serializers.ModelSerializer):
    """A part of the course, in its order."""

    outcomes = OutcomeSerializer(many=True)

    class Meta:
        model = Module
        fields = ["uid", "kind", "title", "hours", "away_only", "is_required", "outcomes"]
        read_only_fields = fields


class CourseSerializer(serializers.ModelSerializer):
    """One course as it stands."""

    centre = serializers.CharField(source="centre.slug")
    occupation = TaughtOccupationSerializer()
    language = serializers.CharField(source="language_id")
    currency = serializers.CharField(source="currency_id", allow_null=True)
    skills = CourseSkillSerializer(many=True)
    modules = ModuleSerializer(many=True)

    class Meta:
        model = Course
        fields = [
            "uid",
            "centre",
            "code",
            "title",
            "occupation",
            "language",
            "eqf_level",
            "months",
            "hours",
            "fee",
            "currency",
            "least_attendance",
            "attempts",
            "skills",
            "modules",
            "is_demonstration",
        ]
        read_only_fields = fields


class SkillTaught(serializers.Serializer):
    """A skill to teach."""

    skill = serializers.CharField(max_length=300, help_text="ESCO URI or exact title")
    level = serializers.ChoiceField(SkillLevel.choices)


class ModuleTaught(serializers.Serializer):
    """A module to teach; named by ``uid``, else by its title, one that stands keeps its results."""

    uid = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(Module.Kind.choices)
    title = serializers.CharField(max_length=200)
    hours = serializers.IntegerField(
        min_value=0, max_value=100_000, required=False, allow_null=True
    )
    away_only = serializers.BooleanField(default=False)
    is_required = serializers.BooleanField(default=True)
    outcomes = SkillTaught(many=True, required=False, max_length=300)


class CourseChange(serializers.Serializer):
    """What a course can be changed to; what is not named stays."""

    code = serializers.CharField(max_length=40, help_text="your own, once per centre")
    title = serializers.CharField(max_length=200)
    occupation = serializers.CharField(
        max_length=300, help_text="ISCO-08 code of four digits, or URI of an ESCO occupation"
    )
    language = serializers.CharField(max_length=3, help_text="ISO 639, such as de")
    eqf_level = serializers.IntegerField(min_value=1, max_value=8, required=False, allow_null=True)
    months = serializers.IntegerField(min_value=1, max_value=120)
    hours = serializers.IntegerField(
        min_value=1, max_value=100_000, required=False, allow_null=True
    )
    fee = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    currency = serializers.CharField(
        max_length=3, required=False, allow_null=True, help_text="ISO 4217; needed with a fee"
    )
    least_attendance = serializers.IntegerField(
        min_value=0, max_value=100, required=False, help_text="in per cent, for the certificate"
    )
    attempts = serializers.IntegerField(
        min_value=1, max_value=20, required=False, help_text="at an assessment, resits included"
    )
    skills = SkillTaught(
        many=True,
        required=False,
        max_length=300,
        help_text="only while no module names an outcome; then they follow from the outcomes",
    )
    modules = ModuleTaught(many=True, required=False, max_length=200)


class NewCourse(CourseChange):
    """A new course; agency staff name the centre, a centre may leave itself out."""

    centre = serializers.CharField(
        max_length=50, required=False, help_text="address or identifier; required of agency staff"
    )


class CohortSerializer(serializers.ModelSerializer):
    """One cohort as it stands, with the seats its trainees hold."""

    partnership = serializers.CharField(source="partnership.slug")
    centre = serializers.CharField(source="centre.slug")
    course = serializers.UUIDField(source="course.uid")
    home_taken = serializers.IntegerField()
    away_taken = serializers.IntegerField()
    undecided = serializers.IntegerField()

    class Meta:
        model = Cohort
        fields = [
            "uid",
            "partnership",
            "centre",
            "course",
            "code",
            "starts_on",
            "ends_on",
            "home_seats",
            "home_taken",
            "away_seats",
            "away_taken",
            "undecided",
            "decision_opens_on",
            "decision_closes_on",
            "state",
            "state_changed_at",
            "is_demonstration",
        ]
        read_only_fields = fields


class CohortChange(serializers.Serializer):
    """What a cohort can be changed to; what is not named stays."""

    code = serializers.CharField(max_length=40, help_text="your own, once per centre")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    home_seats = serializers.IntegerField(min_value=0, max_value=100_000)
    away_seats = serializers.IntegerField(min_value=0, max_value=100_000)
    decision_opens_on = serializers.DateField()
    decision_closes_on = serializers.DateField()


class NewCohort(CohortChange):
    """A new cohort of a course, in a partnership."""

    course = serializers.UUIDField(help_text="identifier of the course")
    partnership = serializers.CharField(max_length=50, help_text="address or identifier")
