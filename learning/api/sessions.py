"""Sessions and attendance over the API."""

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.filters import MomentFilter
from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from learning import queries
from learning.actions import sessions
from learning.actions.attendance import Mark, record
from learning.api.named import cohort_named, enrolments_named, with_module
from learning.api.serializers import (
    AttendanceSerializer,
    Cancellation,
    NewSession,
    SessionChange,
    SessionSerializer,
    SheetRecorded,
    SheetSent,
)
from learning.models import Attendance, Session
from learning.states import Presence, SessionState
from partnerships.roles import Permission


class SessionFilter(filters.FilterSet):
    """Filters of ``GET …/sessions``; several together mean and."""

    cohort = filters.UUIDFilter(field_name="cohort__uid")
    centre = filters.CharFilter(field_name="centre__slug", label="address")
    module = filters.UUIDFilter(field_name="module__uid")
    state = filters.ChoiceFilter(choices=SessionState.choices)
    starts_after = MomentFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = MomentFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Session
        fields = []


class AttendanceFilter(filters.FilterSet):
    """Filters of ``GET …/attendance``; several together mean and."""

    session = filters.UUIDFilter(field_name="session__uid")
    cohort = filters.UUIDFilter(field_name="session__cohort__uid")
    enrolment = filters.UUIDFilter(field_name="enrolment__uid")
    status = filters.ChoiceFilter(choices=Presence.choices)

    class Meta:
        model = Attendance
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List sessions"), retrieve=extend_schema(summary="Read one session")
)
class SessionViewSet(ReadingViewSet):
    """Sessions: staff see all centres', a centre its own."""

    queryset = queries.sessions()
    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    permissions = {
        "list": Permission.VIEW_TRAINING,
        "retrieve": Permission.VIEW_TRAINING,
        "create": Permission.RECORD_ATTENDANCE,
        "partial_update": Permission.RECORD_ATTENDANCE,
        "cancel": Permission.RECORD_ATTENDANCE,
        "reinstate": Permission.RECORD_ATTENDANCE,
        "attendance": Permission.RECORD_ATTENDANCE,
    }

    @extend_schema(summary="Plan a session", request=NewSession, responses={201: SessionSerializer})
    def create(self, request):
        """Plan a session; ``Location`` says where it is."""
        sent = NewSession(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = with_module(dict(sent.validated_data))
        cohort = cohort_named(facts.pop("cohort"))
        made = sessions.plan(cohort, **facts, by=self.desk.member, at=timezone.now())
        where = {"Location": self.desk.url("api-session-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Change a session", request=SessionChange, responses={200: SessionSerializer}
    )
    def partial_update(self, request, uid=None):
        """Change what is named."""
        sent = SessionChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        facts = with_module(dict(sent.validated_data))
        changed = sessions.change(
            self.get_object(), **facts, by=self.desk.member, at=timezone.now()
        )
        return Response(self._shown(changed))

    @extend_schema(
        summary="Cancel a session", request=Cancellation, responses={200: SessionSerializer}
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request, uid=None):
        """Cancel it with a reason; its attendance no longer counts."""
        sent = Cancellation(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        done = sessions.cancel(self.get_object(), **facts, by=self.desk.member, at=timezone.now())
        return Response(self._shown(done))

    @extend_schema(
        summary="Let a cancelled session take place after all",
        request=None,
        responses={200: SessionSerializer},
    )
    @action(detail=True, methods=["post"])
    def reinstate(self, request, uid=None):
        """Plan it again."""
        done = sessions.reinstate(self.get_object(), by=self.desk.member, at=timezone.now())
        return Response(self._shown(done))

    @extend_schema(
        summary="Record the attendance of a session",
        request=SheetSent,
        responses={200: SheetRecorded},
    )
    @action(detail=True, methods=["put"])
    def attendance(self, request, uid=None):
        """Record marks in bulk; the same again change nothing, conflicts stay and are told."""
        session = self.get_object()
        sent = SheetSent(data=request.data)
        sent.is_valid(raise_exception=True)
        marks = sent.validated_data["marks"]
        named = [mark["enrolment"] for mark in marks]
        known = enrolments_named(named, field="enrolment", cohort=session.cohort)
        done = record(
            session,
            {known[one["enrolment"]].pk: _mark(one) for one in marks},
            seen={known[one["enrolment"]].pk: one["seen"] for one in marks if "seen" in one},
            by=self.desk.member,
            at=timezone.now(),
        )
        rows = [row for row in done.conflicts.values() if row is not None]
        shown = Attendance.objects.filter(pk__in=[row.pk for row in rows])
        shown = shown.select_related("session", "enrolment__person").order_by("id")
        facts = {"written": done.written, "unchanged": done.unchanged, "conflicts": shown}
        return Response(SheetRecorded(facts).data)

    def _shown(self, session: Session) -> dict:
        return SessionSerializer(self.get_queryset().get(pk=session.pk)).data


@extend_schema_view(list=extend_schema(summary="List attendance"))
class AttendanceViewSet(mixins.ListModelMixin, DeskViewSet):
    """Marks: staff see all centres', a centre its own."""

    queryset = Attendance.objects.select_related("session", "enrolment__person")
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter
    permissions = {"list": Permission.VIEW_TRAINEES}


def _mark(one: dict) -> Mark:
    return Mark(one["status"], one["minutes_late"], one["note"])
