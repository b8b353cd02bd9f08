"""Enrolments, track decisions, journeys and follow-ups over the API."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from gsp.workflow import Refused
from partnerships.roles import Permission
from trainees import queries
from trainees.actions import enrolments, follow_ups, journeys, tracks, transfers
from trainees.api import lifecycle_serializers as shapes
from trainees.api.serializers import EnrolmentSerializer, TrackDecisionSerializer
from trainees.journey_states import JourneyState
from trainees.models import FollowUp, Journey, JourneyStep
from trainees.models.journey import TRACKS
from training.models import Cohort


class EnrolmentActionViewSet(DeskViewSet):
    """What is done with one enrolment."""

    queryset = queries.enrolments()
    serializer_class = EnrolmentSerializer
    permissions = {
        "open_tracks": Permission.VIEW_TRAINEES,
        "decide": Permission.DECIDE_TRACK,
        "undo": Permission.DECIDE_TRACK,
        "move": Permission.UPLOAD_TRAINEES,
        "transfer": Permission.UPLOAD_TRAINEES,
    }

    @extend_schema(
        summary="Read which tracks are open to somebody",
        responses={200: shapes.OpenTrackSerializer(many=True)},
    )
    @action(detail=True, url_path="tracks", pagination_class=None)
    def open_tracks(self, request, uid=None):
        """Return both tracks with every guard that stands against them today."""
        found = tracks.open_tracks(self.get_object(), on=timezone.localdate())
        return Response(shapes.OpenTrackSerializer(found, many=True).data)

    @extend_schema(
        summary="Decide a track",
        request=shapes.NewTrackDecision,
        responses={201: TrackDecisionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="track-decisions")
    def decide(self, request, uid=None):
        """Record a decision after counselling; a refusal names all guards."""
        enrolment, facts = self.get_object(), self._facts(shapes.NewTrackDecision)
        track = facts.pop("track")
        made = tracks.decide(enrolment, track, **facts, **self._now())
        shown = TrackDecisionSerializer(made).data
        return Response(shown, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Correct the latest decision",
        request=None,
        responses={201: TrackDecisionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="track-decisions/undo")
    def undo(self, request, uid=None):
        """Return to the track before, by a further decision."""
        made = tracks.undo(self.get_object(), **self._now())
        return Response(TrackDecisionSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Move an enrolment",
        request=shapes.EnrolmentMoveSerializer,
        responses={200: EnrolmentSerializer},
    )
    @action(detail=True, methods=["post"], url_path="moves")
    def move(self, request, uid=None):
        """Defer, withdraw, dismiss, take back, put into assessment; certificates have their own."""
        enrolment, facts = self.get_object(), self._facts(shapes.EnrolmentMoveSerializer)
        target = facts.pop("state")
        return self._shown(enrolments.move(enrolment, target, **facts, **self._now()))

    @extend_schema(
        summary="Transfer to another cohort",
        request=shapes.NewTransfer,
        responses={201: EnrolmentSerializer},
    )
    @action(detail=True, methods=["post"], url_path="transfers")
    def transfer(self, request, uid=None):
        """End this enrolment and return the one that continues it."""
        enrolment, facts = self.get_object(), self._facts(shapes.NewTransfer)
        cohort = Cohort.objects.filter(uid=facts.pop("cohort")).first()
        if cohort is None:
            raise Refused(_("There is no such cohort here."), field="cohort", code="unknown_cohort")
        made = transfers.transfer(enrolment, cohort, **facts, **self._now())
        return self._shown(made, status.HTTP_201_CREATED)

    def _facts(self, shape) -> dict:
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def _now(self) -> dict:
        return {"by": self.desk.member, "at": timezone.now()}

    def _shown(self, enrolment, code=status.HTTP_200_OK) -> Response:
        row = self.get_queryset().get(pk=enrolment.pk)
        context = {"sees_persons": self.desk.member.may(Permission.VIEW_TRAINEES)}
        return Response(EnrolmentSerializer(row, context=context).data, status=code)


class JourneyFilter(filters.FilterSet):
    """Filters of ``GET …/journeys``; several together mean and."""

    partnership = filters.CharFilter(
        field_name="enrolment__cohort__partnership__slug", label="address"
    )
    cohort = filters.UUIDFilter(field_name="enrolment__cohort__uid")
    track = filters.ChoiceFilter(choices=TRACKS)
    state = filters.ChoiceFilter(choices=JourneyState.choices)
    open = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull", label="goes on")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = Journey
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List journeys"),
    retrieve=extend_schema(
        summary="Read one journey, with its steps",
        responses={200: shapes.JourneyDetailSerializer},
    ),
)
class JourneyViewSet(ReadingViewSet):
    """Ways into work: staff see all centres', a centre its own."""

    queryset = queries.journeys()
    serializer_class = shapes.JourneySerializer
    filterset_class = JourneyFilter
    permissions = {
        "list": Permission.VIEW_TRAINEES,
        "retrieve": Permission.VIEW_TRAINEES,
        "move": Permission.EDIT_CASES,
    }

    def get_queryset(self):
        """Add the steps where one journey is read."""
        rows = super().get_queryset()
        if self.action != "retrieve":
            return rows
        return rows.prefetch_related(Prefetch("steps", JourneyStep.objects.order_by("-id")))

    def get_serializer_class(self):
        """Return the shape of the list, or that of one journey."""
        if self.action == "retrieve":
            return shapes.JourneyDetailSerializer
        return shapes.JourneySerializer

    @extend_schema(
        summary="Record a step of a journey",
        request=shapes.NewStep,
        responses={200: shapes.JourneySerializer},
    )
    @action(detail=True, methods=["post"], url_path="moves")
    def move(self, request, uid=None):
        """Record it; return the journey that goes on: after a failure abroad, the one at home."""
        sent = shapes.NewStep(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        target = facts.pop("state")
        now = {"by": self.desk.member, "at": timezone.now()}
        goes_on = journeys.move(self.get_object(), target, **facts, **now)
        row = queries.journeys().get(pk=goes_on.pk)
        return Response(shapes.JourneySerializer(row).data)


class FollowUpFilter(filters.FilterSet):
    """Filters of ``GET …/follow-ups``; several together mean and."""

    track = filters.ChoiceFilter(field_name="journey__track", choices=TRACKS)
    status = filters.ChoiceFilter(choices=FollowUp.State.choices)
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = FollowUp
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List follow-ups"),
    retrieve=extend_schema(summary="Read one follow-up"),
)
class FollowUpViewSet(ReadingViewSet):
    """Follow-ups of both tracks: staff see all centres', a centre its own."""

    queryset = queries.follow_ups()
    serializer_class = shapes.FollowUpSerializer
    filterset_class = FollowUpFilter
    permissions = {
        "list": Permission.VIEW_TRAINEES,
        "retrieve": Permission.VIEW_TRAINEES,
        "partial_update": Permission.EDIT_CASES,
    }

    @extend_schema(
        summary="Record a follow-up",
        request=shapes.FollowUpRecord,
        responses={200: shapes.FollowUpSerializer},
    )
    def partial_update(self, request, uid=None):
        """Record that the person was contacted, answered or could not be reached."""
        sent = shapes.FollowUpRecord(data=request.data)
        sent.is_valid(raise_exception=True)
        now = {"by": self.desk.member, "at": timezone.now()}
        done = follow_ups.record(self.get_object(), **sent.validated_data, **now)
        row = self.get_queryset().get(pk=done.pk)
        return Response(shapes.FollowUpSerializer(row).data)
