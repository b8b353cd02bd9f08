"""Lists and their rows as the API shows and takes them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gsp.uploads.batch import Finding
from gsp.uploads.models import Upload
from gsp.uploads.progress import progress_of
from gsp.uploads.purpose import purposes
from gsp.uploads.states import RUNNING


class RowErrorSerializer(serializers.Serializer):
    """What is wrong in one cell; ``row`` is null where the whole file is meant."""

    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField()
    value = serializers.CharField(help_text="empty where it identifies a person")
    message = serializers.CharField()
    remedy = serializers.CharField()


class ProgressSerializer(serializers.Serializer):
    """How far a worker is."""

    stage = serializers.CharField()
    rows = serializers.IntegerField()
    total = serializers.IntegerField(help_text="0 where nobody knows")
    seconds_left = serializers.IntegerField(allow_null=True)


class UploadSerializer(serializers.ModelSerializer):
    """A list, its stage, and what its rows come to."""

    errors = RowErrorSerializer(many=True, help_text="at most 2,000; all are in the marked file")
    findings = serializers.DictField(child=serializers.CharField(), help_text="how it was read")
    headings = serializers.ListField(child=serializers.CharField())
    has_marked_file = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = [
            "uid",
            "kind",
            "subject",
            "subject_label",
            "file_name",
            "size",
            "sha256",
            "state",
            "notice",
            "rows",
            "created",
            "updated",
            "unchanged",
            "duplicates",
            "faulty",
            "held",
            "errors",
            "findings",
            "headings",
            "has_marked_file",
            "progress",
            "received_at",
            "read_at",
            "checked_at",
            "decided_at",
            "applied_at",
        ]
        read_only_fields = fields

    def get_has_marked_file(self, upload) -> bool:
        """Tell whether ``…/marked`` has the list with its errors marked."""
        return bool(upload.annotated)

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, upload):
        """Return how far the worker is, null where none is busy."""
        progress = progress_of(upload) if upload.state in RUNNING else None
        return ProgressSerializer(progress).data if progress else None


class UploadBriefSerializer(UploadSerializer):
    """A list without its errors, for lists of lists."""

    class Meta(UploadSerializer.Meta):
        fields = [
            name for name in UploadSerializer.Meta.fields if name not in ("errors", "progress")
        ]
        read_only_fields = fields


class UploadSent(serializers.Serializer):
    """A file for a purpose; or only its name, size and SHA-256, for a file that comes in pieces."""

    kind = serializers.CharField(max_length=20)
    subject = serializers.CharField(
        max_length=80, required=False, default="", allow_blank=True, help_text="uid or address"
    )
    file = serializers.FileField(required=False, allow_empty_file=True)
    file_name = serializers.CharField(max_length=200, required=False)
    size = serializers.IntegerField(required=False, min_value=1)
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$", required=False)

    def validate_kind(self, value: str) -> str:
        """Take the kinds that are registered."""
        if value not in {one.kind for one in purposes()}:
            raise serializers.ValidationError("unknown", code="invalid_choice")
        return value

    def validate(self, attrs):
        """Take a file, or all three facts about one."""
        announced = {"file_name", "size", "sha256"} <= attrs.keys()
        if ("file" in attrs) == announced:
            raise serializers.ValidationError("file, or file_name with size and sha256")
        return attrs


class OffsetSerializer(serializers.Serializer):
    """How much of a file in pieces is there."""

    offset = serializers.IntegerField()
    size = serializers.IntegerField()


class HeadingsSent(serializers.Serializer):
    """Which column each heading stands for; "" leaves it out."""

    columns = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=60))


class DecisionSent(serializers.Serializer):
    """Who the person of a row is."""

    row = serializers.IntegerField(min_value=1)
    decision = serializers.CharField(max_length=40, help_text='"another", or a candidate\'s uid')


class ChangeSerializer(serializers.Serializer):
    """A column that a row would change."""

    column = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()


class CandidateSerializer(serializers.Serializer):
    """Somebody who may be the person of a row."""

    uid = serializers.CharField()
    label = serializers.CharField()


class StagedRowSerializer(serializers.Serializer):
    """One row of the preview."""

    number = serializers.IntegerField()
    finding = serializers.ChoiceField(Finding.choices, source="verdict.finding")
    cells = serializers.DictField(child=serializers.CharField())
    changes = ChangeSerializer(many=True, source="verdict.changes")
    errors = RowErrorSerializer(many=True, source="verdict.errors")
    explanation = serializers.CharField(source="verdict.explanation")
    candidates = CandidateSerializer(many=True, source="verdict.candidates")
    decision = serializers.CharField()


class StagedRowsSerializer(serializers.Serializer):
    """A page of rows with one finding."""

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    results = StagedRowSerializer(many=True)
