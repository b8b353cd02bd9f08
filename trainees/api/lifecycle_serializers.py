"""Decisions, moves, journeys and follow-ups as the API reads and writes them."""

from rest_framework import serializers

from trainees.journey_states import JourneyState, PlacementKind
from trainees.models import Counselling, FollowUp, Journey, JourneyStep, TrackDecision
from trainees.models.journey import TRACKS
from trainees.states import EnrolmentState, LeftReason


class NewTrackDecision(serializers.Serializer):
    """A decision for a track, and the counselling it rests on."""

    track = serializers.ChoiceField(TRACKS)
    on = serializers.DateField(required=False, help_text="today where it is left out")
    reason = serializers.ChoiceField(
        TrackDecision.Reason.choices, required=False, help_text="needed for every change"
    )
    adviser = serializers.CharField(
        max_length=120, required=False, help_text="empty: the counselling recorded last counts"
    )
    counselled_on = serializers.DateField(required=False)
    form = serializers.ChoiceField(Counselling.Form.choices, required=False)
    note = serializers.CharField(max_length=2000, required=False)


class EnrolmentMoveSerializer(serializers.Serializer):
    """Where an enrolment moves, and why."""

    state = serializers.ChoiceField(EnrolmentState.choices)
    reason = serializers.ChoiceField(
        LeftReason.choices, required=False, help_text="needed of whoever leaves"
    )
    returns_on = serializers.DateField(required=False, help_text="needed of whoever is deferred")
    note = serializers.CharField(max_length=2000, required=False)


class NewTransfer(serializers.Serializer):
    """The cohort somebody moves into."""

    cohort = serializers.UUIDField(help_text="identifier of a cohort of the same partnership")
    keeps_track = serializers.BooleanField(required=False)
    note = serializers.CharField(max_length=2000, required=False)


class GuardSerializer(serializers.Serializer):
    """One reason why a track is not open."""

    code = serializers.CharField()
    message = serializers.CharField()


class OpenTrackSerializer(serializers.Serializer):
    """A track with all that stands against it for this person; none means that it is open."""

    track = serializers.ChoiceField(TRACKS)
    held = serializers.BooleanField()
    guards = GuardSerializer(many=True)


class JourneyStepSerializer(serializers.ModelSerializer):
    """One step made."""

    class Meta:
        model = JourneyStep
        fields = ["source", "target", "happened_on", "reason"]
        read_only_fields = fields


class FollowUpSerializer(serializers.ModelSerializer):
    """A follow-up after the start of work."""

    journey = serializers.UUIDField(source="journey.uid")
    track = serializers.ChoiceField(TRACKS, source="journey.track")
    person = serializers.CharField(source="person.reference")

    class Meta:
        model = FollowUp
        fields = [
            "uid",
            "journey",
            "track",
            "person",
            "months",
            "started_on",
            "due_on",
            "status",
            "contacted_on",
            "answered_on",
        ]
        read_only_fields = fields


class FollowUpRecord(serializers.Serializer):
    """What became of a follow-up."""

    status = serializers.ChoiceField(["contacted", "answered", "unreachable"])
    on = serializers.DateField(required=False)
    note = serializers.CharField(max_length=2000, required=False)


class JourneySerializer(serializers.ModelSerializer):
    """A way into work, by the person's reference."""

    enrolment = serializers.UUIDField(source="enrolment.uid")
    cohort = serializers.UUIDField(source="enrolment.cohort.uid")
    person = serializers.CharField(source="person.reference")
    centre = serializers.CharField(source="centre.slug")

    class Meta:
        model = Journey
        fields = [
            "uid",
            "enrolment",
            "cohort",
            "person",
            "centre",
            "track",
            "state",
            "state_changed_at",
            "due_on",
            "opened_at",
            "closed_at",
            "departs_on",
            "departed_on",
            "work_started_on",
            "placement_kind",
        ]
        read_only_fields = fields


class JourneyDetailSerializer(JourneySerializer):
    """A way into work with its steps, the latest first."""

    steps = JourneyStepSerializer(many=True)

    class Meta(JourneySerializer.Meta):
        fields = [*JourneySerializer.Meta.fields, "steps"]
        read_only_fields = fields


class NewStep(serializers.Serializer):
    """The next step of a journey."""

    state = serializers.ChoiceField(JourneyState.choices)
    on = serializers.DateField(required=False, help_text="today where it is left out")
    departs_on = serializers.DateField(required=False)
    work_started_on = serializers.DateField(required=False)
    placement_kind = serializers.ChoiceField(PlacementKind.choices, required=False)
    note = serializers.CharField(max_length=2000, required=False)
