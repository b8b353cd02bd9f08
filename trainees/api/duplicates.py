"""Possible duplicates over the API: listed, merged, kept apart, taken back."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import ReadingViewSet
from partnerships.roles import Permission
from trainees.duplicate_states import DuplicateState, SureBand
from trainees.duplicates.decide import reconsider, separate
from trainees.duplicates.merge import FIELDS, merge
from trainees.duplicates.undo import undo
from trainees.duplicates.words import explained
from trainees.models import Merge, Person, PossibleDuplicate

REVIEW = Permission.REVIEW_DUPLICATES


class RecordSerializer(serializers.ModelSerializer):
    """One of the two records, by reference; nothing that identifies."""

    centre = serializers.CharField(source="centre.slug")

    class Meta:
        model = Person
        fields = ["uid", "reference", "centre"]
        read_only_fields = fields


class PossibleDuplicateSerializer(serializers.ModelSerializer):
    """Two records that may belong to one person, and why."""

    first = RecordSerializer()
    second = RecordSerializer()
    reasons = serializers.SerializerMethodField()

    class Meta:
        model = PossibleDuplicate
        fields = [
            "uid",
            "first",
            "second",
            "score",
            "band",
            "reasons",
            "state",
            "decided_by",
            "reason",
            "found_at",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, pair):
        """Return the findings in words, what speaks most for one person first."""
        return explained(pair.signals)


class MergeSerializer(serializers.Serializer):
    """Which record survives, and the fields whose value the other one gives."""

    survivor = serializers.UUIDField()
    take = serializers.ListField(
        child=serializers.ChoiceField(choices=[name.removesuffix("_id") for name in FIELDS]),
        default=list,
    )
    reason = serializers.CharField(max_length=300)


class SeparateSerializer(serializers.Serializer):
    """Why these are two people."""

    reason = serializers.CharField(max_length=300)


class PossibleDuplicateFilter(filters.FilterSet):
    """Filters of ``GET …/duplicates``; several together mean and."""

    state = filters.ChoiceFilter(choices=DuplicateState.choices)
    band = filters.ChoiceFilter(choices=SureBand.choices)

    class Meta:
        model = PossibleDuplicate
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List possible duplicates"),
    retrieve=extend_schema(summary="Read one possible duplicate"),
)
class PossibleDuplicateViewSet(ReadingViewSet):
    """Staff see all pairs, a centre those of its own records."""

    permissions = dict.fromkeys(("list", "retrieve", "merge", "separate", "undo"), REVIEW)
    queryset = PossibleDuplicate.objects.select_related("first__centre", "second__centre")
    serializer_class = PossibleDuplicateSerializer
    filterset_class = PossibleDuplicateFilter

    @extend_schema(summary="Merge: these are one person", request=MergeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request, uid=None):
        """Let one record point to the one that survives."""
        pair, sent = self.get_object(), MergeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        wanted = {pair.first.uid: pair.first, pair.second.uid: pair.second}
        survivor = wanted.get(facts["survivor"], Person())
        taken = {name.removesuffix("_id"): name for name in FIELDS}
        chosen = [taken[name] for name in facts["take"]]
        merge(pair, survivor, chosen=chosen, reason=facts["reason"], **self._who)
        return self._shown()

    @extend_schema(summary="Keep apart: these are two people", request=SeparateSerializer)
    @action(detail=True, methods=["post"])
    def separate(self, request, uid=None):
        """Keep the two apart until a fact of either changes."""
        pair, sent = self.get_object(), SeparateSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        separate(pair, reason=sent.validated_data["reason"], **self._who)
        return self._shown()

    @extend_schema(summary="Take the decision back", request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request, uid=None):
        """Take back a merge whole, or that these are two people."""
        pair = self.get_object()
        if pair.state == DuplicateState.MERGED:
            undo(get_object_or_404(Merge, pair=pair, undone_at=None), **self._who)
        else:
            reconsider(pair, **self._who)
        return self._shown()

    @property
    def _who(self) -> dict:
        return {"by": self.desk.member, "at": timezone.now()}

    def _shown(self):
        return Response(self.get_serializer(self.get_object()).data)
