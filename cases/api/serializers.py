"""A case as the API shows it, and what is sent to it."""

from rest_framework import serializers

from cases.actions.notes import Readers
from cases.models import (
    Document,
    DocumentKind,
    Note,
    RecognitionCase,
    RecognitionDeficit,
    Task,
)
from cases.states import TaskState
from catalogue.models import Country
from partnerships.roles import Role
from trainees.models import Person


class DocumentSerializer(serializers.ModelSerializer):
    """A document without its number and its file; ``is_open`` says whether the file can be had."""

    person = serializers.UUIDField(source="person.uid")
    country = serializers.CharField(source="country_id", allow_null=True)
    is_open = serializers.BooleanField()

    class Meta:
        model = Document
        fields = [
            "uid",
            "person",
            "kind",
            "country",
            "issued_on",
            "expires_on",
            "media_type",
            "size",
            "sha256",
            "scan",
            "is_open",
            "state",
            "rejected_because",
            "received_at",
            "verified_at",
        ]
        read_only_fields = fields


class DocumentSent(serializers.Serializer):
    """A file with what stands in it."""

    file = serializers.FileField(allow_empty_file=True)
    kind = serializers.ChoiceField(DocumentKind.choices)
    number = serializers.CharField(max_length=60, required=False)
    country = serializers.PrimaryKeyRelatedField(queryset=Country.objects.all(), required=False)
    issued_on = serializers.DateField(required=False)
    expires_on = serializers.DateField(required=False)


class DeficitSerializer(serializers.ModelSerializer):
    """What an authority found missing."""

    class Meta:
        model = RecognitionDeficit
        fields = ["uid", "topic", "hours", "closed_on", "closed_by"]
        read_only_fields = fields


class RecognitionSerializer(serializers.ModelSerializer):
    """A qualification before an authority."""

    country = serializers.CharField(source="country_id")
    occupation = serializers.CharField(source="occupation.isco_code")
    deficits = DeficitSerializer(many=True)

    class Meta:
        model = RecognitionCase
        fields = [
            "uid",
            "authority",
            "country",
            "occupation",
            "qualification",
            "filed_on",
            "due_on",
            "decided_on",
            "appeal_until",
            "state",
            "deficits",
        ]
        read_only_fields = fields


class TaskSerializer(serializers.ModelSerializer):
    """Something to do."""

    person = serializers.UUIDField(source="person.uid", allow_null=True, default=None)
    title = serializers.CharField(source="words")

    class Meta:
        model = Task
        fields = ["uid", "person", "title", "rule", "due_on", "role", "snoozed_until", "state"]
        read_only_fields = fields


class TaskSent(serializers.Serializer):
    """A task to add; without a role it is for the member who adds it."""

    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
    person = serializers.UUIDField(required=False)
    role = serializers.ChoiceField(Role.choices, required=False)


class TaskMoved(serializers.Serializer):
    """What became of a task."""

    state = serializers.ChoiceField(TaskState.choices)


class NoteSerializer(serializers.ModelSerializer):
    """A note that the member may read."""

    replaces = serializers.UUIDField(source="replaces.uid", allow_null=True, default=None)

    class Meta:
        model = Note
        fields = ["uid", "text", "is_confidential", "author_name", "at", "replaces"]
        read_only_fields = fields


class NoteSent(serializers.Serializer):
    """A note to write."""

    text = serializers.CharField(max_length=5000)
    readers = serializers.ChoiceField(Readers.choices)
    is_confidential = serializers.BooleanField(default=False)


class ChecklistItemSerializer(serializers.Serializer):
    """One document that is asked for, and what is there of it."""

    kind = serializers.ChoiceField(DocumentKind.choices, source="requirement.kind")
    stage = serializers.CharField(source="requirement.stage")
    is_due = serializers.BooleanField()
    standing = serializers.CharField()
    needed_until = serializers.DateField(allow_null=True)


class ClockSerializer(serializers.Serializer):
    """How long something lasts against how long it is needed."""

    kind = serializers.CharField(source="what.kind")
    label = serializers.CharField(source="what.label")
    valid_until = serializers.DateField(source="what.valid_until")
    needed_until = serializers.DateField(allow_null=True)
    tone = serializers.CharField()


class CaseSerializer(serializers.ModelSerializer):
    """One person's case."""

    departs_on = serializers.DateField(allow_null=True)
    checklist = ChecklistItemSerializer(many=True)
    clocks = ClockSerializer(many=True)
    documents = DocumentSerializer(many=True)
    recognitions = RecognitionSerializer(many=True)
    tasks = TaskSerializer(many=True)

    class Meta:
        model = Person
        fields = [
            "uid",
            "reference",
            "departs_on",
            "checklist",
            "clocks",
            "documents",
            "recognitions",
            "tasks",
        ]
        read_only_fields = fields
