"""Sessions, attendance, assessments and results as the API reads and writes them."""

from rest_framework import serializers

from catalogue.models import CefrLevel
from learning.models import (
    Assessment,
    AssessmentResult,
    Attendance,
    ModuleCompletion,
    Session,
)
from learning.states import Presence
from trainees.models import LanguageResult


class SessionSerializer(serializers.ModelSerializer):
    """One session; times are UTC."""

    cohort = serializers.UUIDField(source="cohort.uid")
    centre = serializers.CharField(source="centre.slug")
    module = serializers.UUIDField(source="module.uid", allow_null=True)

    class Meta:
        model = Session
        fields = [
            "uid",
            "cohort",
            "centre",
            "module",
            "starts_at",
            "ends_at",
            "place",
            "trainer",
            "away_only",
            "cancel_reason",
            "state",
            "state_changed_at",
        ]
        read_only_fields = fields


class SessionChange(serializers.Serializer):
    """What a session can be changed to; what is not named stays."""

    module = serializers.UUIDField(required=False, allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=120, required=False, allow_blank=True)
    trainer = serializers.CharField(max_length=120, required=False, allow_blank=True)
    away_only = serializers.BooleanField(required=False)


class NewSession(SessionChange):
    """A new session of a cohort."""

    cohort = serializers.UUIDField()


class Cancellation(serializers.Serializer):
    """Why a session does not take place."""

    reason = serializers.CharField(max_length=200)


class AttendanceSerializer(serializers.ModelSerializer):
    """How one trainee took part in one session."""

    session = serializers.UUIDField(source="session.uid")
    enrolment = serializers.UUIDField(source="enrolment.uid")
    reference = serializers.CharField(source="enrolment.person.reference")

    class Meta:
        model = Attendance
        fields = [
            "session",
            "enrolment",
            "reference",
            "status",
            "minutes_late",
            "note",
            "recorded_by",
            "recorded_at",
        ]
        read_only_fields = fields


class MarkSent(serializers.Serializer):
    """A mark to record; with ``seen`` it is written only over the row that was seen."""

    enrolment = serializers.UUIDField()
    status = serializers.ChoiceField(Presence.choices)
    minutes_late = serializers.IntegerField(min_value=0, max_value=960, default=0)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")
    seen = serializers.DateTimeField(
        required=False, allow_null=True, help_text="recorded_at as last read; null for none"
    )


class SheetSent(serializers.Serializer):
    """The marks of a session."""

    marks = MarkSent(many=True, max_length=1000)


class SheetRecorded(serializers.Serializer):
    """What became of the marks; ``conflicts`` were changed by somebody else and stay."""

    written = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    conflicts = AttendanceSerializer(many=True)


class AssessmentSerializer(serializers.ModelSerializer):
    """One assessment, with how many were assessed and passed."""

    cohort = serializers.UUIDField(source="cohort.uid")
    centre = serializers.CharField(source="centre.slug")
    module = serializers.UUIDField(source="module.uid", allow_null=True)
    assessed = serializers.IntegerField()
    passed = serializers.IntegerField()

    class Meta:
        model = Assessment
        fields = [
            "uid",
            "cohort",
            "centre",
            "module",
            "title",
            "kind",
            "held_on",
            "most_points",
            "pass_points",
            "assessed",
            "passed",
        ]
        read_only_fields = fields


class AssessmentChange(serializers.Serializer):
    """What an assessment can be changed to; what is not named stays."""

    module = serializers.UUIDField(
        required=False, allow_null=True, help_text="null for the course as a whole"
    )
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(Assessment.Kind.choices)
    held_on = serializers.DateField()
    most_points = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=1)
    pass_points = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=0)


class NewAssessment(AssessmentChange):
    """A new assessment of a cohort."""

    cohort = serializers.UUIDField()


class ResultSerializer(serializers.ModelSerializer):
    """The points of one attempt."""

    enrolment = serializers.UUIDField(source="enrolment.uid")
    reference = serializers.CharField(source="enrolment.person.reference")
    is_passed = serializers.BooleanField()

    class Meta:
        model = AssessmentResult
        fields = [
            "enrolment",
            "reference",
            "attempt",
            "points",
            "is_passed",
            "taken_on",
            "assessor",
            "second_assessor",
        ]
        read_only_fields = fields


class ResultSent(serializers.Serializer):
    """The points of an attempt to record, or to correct."""

    enrolment = serializers.UUIDField()
    attempt = serializers.IntegerField(min_value=1, max_value=20, default=1)
    points = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=0)
    taken_on = serializers.DateField()
    assessor = serializers.CharField(max_length=120)
    second_assessor = serializers.CharField(
        max_length=120, allow_blank=True, default="", help_text="needed where it is not passed"
    )


class ResultsSent(serializers.Serializer):
    """Results of an assessment."""

    results = ResultSent(many=True, max_length=1000)


class ResultsRecorded(serializers.Serializer):
    """How many results changed something."""

    written = serializers.IntegerField()


class SkillResultSerializer(serializers.ModelSerializer):
    """One skill of a language test."""

    person = serializers.UUIDField(source="person.uid")
    language = serializers.CharField(source="language_id")

    class Meta:
        model = LanguageResult
        fields = [
            "person",
            "language",
            "skill",
            "level",
            "tested_on",
            "expires_on",
            "test",
            "certificate",
        ]
        read_only_fields = fields


LEVEL = {"choices": CefrLevel.choices, "required": False, "allow_blank": True}


class LevelsSent(serializers.Serializer):
    """The level of each skill that was tested."""

    listening = serializers.ChoiceField(**LEVEL)
    reading = serializers.ChoiceField(**LEVEL)
    speaking = serializers.ChoiceField(**LEVEL)
    writing = serializers.ChoiceField(**LEVEL)


class LanguageTestSent(serializers.Serializer):
    """A language test; overall is the lowest of the four unless the certificate states it."""

    person = serializers.UUIDField()
    language = serializers.CharField(max_length=3, help_text="ISO 639, such as de")
    tested_on = serializers.DateField()
    expires_on = serializers.DateField(required=False, allow_null=True)
    test = serializers.CharField(max_length=80, required=False, allow_blank=True)
    certificate = serializers.CharField(max_length=80, required=False, allow_blank=True)
    levels = LevelsSent(required=False)
    overall = serializers.ChoiceField(**LEVEL)


class CompletionSerializer(serializers.ModelSerializer):
    """A module that a trainee has done."""

    enrolment = serializers.UUIDField(source="enrolment.uid")
    module = serializers.UUIDField(source="module.uid")
    title = serializers.CharField(source="module.title")

    class Meta:
        model = ModuleCompletion
        fields = ["uid", "enrolment", "module", "title", "completed_on", "basis", "note"]
        read_only_fields = fields


class CompletionSent(serializers.Serializer):
    """A module done, recorded by hand."""

    enrolment = serializers.UUIDField()
    module = serializers.UUIDField()
    completed_on = serializers.DateField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
