"""Calls, applications, scores and decisions over the API."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import ReadingViewSet
from gsp.audit.models import note_looks
from gsp.workflow import Refused
from partnerships.roles import Permission
from selection import queries
from selection.actions import decisions, scores
from selection.api.serializers import (
    ApplicationDetailSerializer,
    ApplicationSerializer,
    CallSerializer,
    Decision,
    PointsGiven,
)
from selection.models import Application, Call, Criterion, EligibilityRule, Score
from selection.states import ApplicationState, CallState


class CallFilter(filters.FilterSet):
    """Filters of ``GET …/calls``; several together mean and."""

    partnership = filters.CharFilter(field_name="cohort__partnership__slug", label="address")
    centre = filters.CharFilter(field_name="centre__slug", label="address")
    cohort = filters.UUIDFilter(field_name="cohort__uid")
    code = filters.CharFilter(field_name="code")
    state = filters.ChoiceFilter(choices=CallState.choices)

    class Meta:
        model = Call
        fields = []


class ApplicationFilter(filters.FilterSet):
    """Filters of ``GET …/applications``; several together mean and."""

    call = filters.CharFilter(field_name="call__code", label="public address of the call")
    reference = filters.CharFilter(field_name="reference")
    state = filters.ChoiceFilter(choices=ApplicationState.choices)

    class Meta:
        model = Application
        fields = []


def _calls():
    rules = EligibilityRule.objects.order_by("id")
    criteria = Criterion.objects.order_by("position")
    return queries.calls().prefetch_related(
        Prefetch("rules", rules), Prefetch("criteria", criteria)
    )


@extend_schema_view(
    list=extend_schema(summary="List calls for applications"),
    retrieve=extend_schema(summary="Read one call, with rules and criteria"),
)
class CallViewSet(ReadingViewSet):
    """Calls: staff see all centres', a centre its own."""

    queryset = _calls()
    serializer_class = CallSerializer
    filterset_class = CallFilter
    permissions = {
        "list": Permission.VIEW_TRAINING,
        "retrieve": Permission.VIEW_TRAINING,
        "decide": Permission.MANAGE_SELECTION,
        "undo": Permission.MANAGE_SELECTION,
        "send": Permission.MANAGE_SELECTION,
    }

    @extend_schema(
        summary="Decide the whole call", request=Decision, responses={200: CallSerializer}
    )
    @action(detail=True, methods=["post"])
    def decide(self, request, uid=None):
        """Rank, shortlist, list who waits, reject the others with reasons, prepare offers."""
        call = self.get_object()
        sent = Decision(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._done(call, decisions.decide, **sent.validated_data)

    @extend_schema(summary="Take the decision back", request=None, responses={200: CallSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request, uid=None):
        """Restore every application; only before the offers are sent."""
        return self._done(self.get_object(), decisions.undo)

    @extend_schema(summary="Send the offers", request=None, responses={200: CallSerializer})
    @action(detail=True, methods=["post"])
    def send(self, request, uid=None):
        """Send them: applicants see the decision, and the days to answer run."""
        return self._done(self.get_object(), decisions.send)

    def _done(self, call, step, **how):
        call = step(call, **how, by=self.desk.member, at=timezone.now())
        return Response(CallSerializer(self.get_queryset().get(pk=call.pk)).data)


@extend_schema_view(
    list=extend_schema(summary="List applications"),
    retrieve=extend_schema(
        summary="Read one application, with scores and offer",
        responses={200: ApplicationDetailSerializer},
    ),
)
class ApplicationViewSet(ReadingViewSet):
    """Applications: staff see all centres', a centre its own."""

    queryset = queries.applications()
    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilter
    permissions = {
        "list": Permission.VIEW_TRAINEES,
        "retrieve": Permission.VIEW_TRAINEES,
        "scores": Permission.SCORE_APPLICATIONS,
    }

    def retrieve(self, request, *args, **kwargs):
        """Show one; the look is noted."""
        one = self.get_object()
        note_looks([one.person], at=timezone.now())
        return Response(self._shown(one))

    @extend_schema(
        summary="Score an application",
        request=PointsGiven,
        responses={200: ApplicationDetailSerializer},
    )
    @action(detail=True, methods=["post"])
    def scores(self, request, uid=None):
        """Record the caller's points."""
        one = self.get_object()
        sent = PointsGiven(data=request.data)
        sent.is_valid(raise_exception=True)
        criteria = {criterion.code: criterion for criterion in one.call.criteria.all()}
        points, comments = {}, {}
        for given in sent.validated_data["scores"]:
            criterion = criteria.get(given["criterion"])
            if criterion is None:
                raise Refused(
                    _("The call has no criterion “%(code)s”.") % {"code": given["criterion"]},
                    field="scores",
                    code="unknown_criterion",
                )
            points[criterion] = given["points"]
            comments[criterion] = given.get("comment", "")
        member, at = self.desk.member, timezone.now()
        return Response(
            self._shown(scores.record(one, points, comments=comments, by=member, at=at))
        )

    def _shown(self, one) -> dict:
        given = Score.objects.select_related("criterion").order_by("criterion__position", "id")
        rows = self.get_queryset().prefetch_related(Prefetch("scores", given), "offers")
        return ApplicationDetailSerializer(rows.get(pk=one.pk)).data
