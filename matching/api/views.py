"""Gaps, runs and proposals over the API."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import ReadingViewSet
from matching import queries
from matching.actions import proposals
from matching.api.filters import GapFilter, ProposalFilter, RunFilter
from matching.api.serializers import (
    DeclineSerializer,
    GapSerializer,
    ProposalSerializer,
    RunSerializer,
)
from matching.models import Gap, Proposal, Run
from partnerships.roles import Permission


class RunViewSet(ReadingViewSet):
    """Runs of the night, newest first."""

    permissions = {"list": Permission.VIEW_GAPS, "retrieve": Permission.VIEW_GAPS}
    queryset = Run.objects.select_related("partnership")
    serializer_class = RunSerializer
    filterset_class = RunFilter


class GapViewSet(ReadingViewSet):
    """Gap tables of every run."""

    permissions = {"list": Permission.VIEW_GAPS, "retrieve": Permission.VIEW_GAPS}
    queryset = Gap.objects.select_related("occupation", "run")
    serializer_class = GapSerializer
    filterset_class = GapFilter


class ProposalViewSet(ReadingViewSet):
    """Proposals, newest first, and the employer's answer."""

    permissions = {
        "list": Permission.VIEW_PROPOSALS,
        "retrieve": Permission.VIEW_PROPOSALS,
        "accept": Permission.ANSWER_PROPOSALS,
        "decline": Permission.ANSWER_PROPOSALS,
    }
    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter

    def get_queryset(self):
        """Return proposals with the trainee's reference where the desk may see it."""
        return queries.proposals()

    def list(self, request, *args, **kwargs):
        """Return one page, its skills read at once."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._shown(page, many=True))

    def retrieve(self, request, *args, **kwargs):
        """Return one proposal."""
        return Response(self._shown(self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def accept(self, request, uid=None):
        """Accept: the opening and the trainee are held for each other."""
        proposals.accept(self.get_object(), by=self.desk.member, at=timezone.now())
        return Response(self._shown(self.get_object()))

    @extend_schema(request=DeclineSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request, uid=None):
        """Decline, or take an acceptance back, with the reason; the pair is not proposed again."""
        proposal = self.get_object()
        answer = DeclineSerializer(data=request.data)
        answer.is_valid(raise_exception=True)
        reason = answer.validated_data["reason"]
        proposals.decline(proposal, reason=reason, by=self.desk.member, at=timezone.now())
        return Response(self._shown(self.get_object()))

    def _shown(self, found, *, many: bool = False):
        skills = queries.skills_named(found if many else [found])
        context = self.get_serializer_context() | {"skills": skills}
        return ProposalSerializer(found, many=many, context=context).data
