"""Demand over the API."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from employers.actions import demand as demands
from employers.api.filters import DemandFilter
from employers.api.serializers import (
    DemandChange,
    DemandSerializer,
    DemandStatement,
    WithdrawalSerializer,
)
from employers.models import Demand
from employers.queries import demands_with_requirements
from gsp.api.viewsets import ReadingViewSet
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.naming import organisation_named
from partnerships.roles import Permission


@extend_schema_view(
    list=extend_schema(summary="List demand"), retrieve=extend_schema(summary="Read one demand")
)
class DemandViewSet(ReadingViewSet):
    """Demand: staff see all employers', an employer its own."""

    queryset = demands_with_requirements()
    serializer_class = DemandSerializer
    filterset_class = DemandFilter
    permissions = {
        "list": Permission.VIEW_DEMAND,
        "retrieve": Permission.VIEW_DEMAND,
        "create": Permission.EDIT_DEMAND,
        "partial_update": Permission.EDIT_DEMAND,
        "withdraw": Permission.EDIT_DEMAND,
        "fill": Permission.EDIT_DEMAND,
        "reopen": Permission.EDIT_DEMAND,
    }

    @extend_schema(
        summary="State demand", request=DemandStatement, responses={201: DemandSerializer}
    )
    def create(self, request):
        """State a demand; ``Location`` says where it is."""
        sent = DemandStatement(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.facts()
        employer = self._employer(facts.pop("employer", ""))
        made = demands.state(employer, by=self.desk.member, at=timezone.now(), **facts)
        where = {"Location": self.desk.url("api-demand-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(summary="Change demand", request=DemandChange, responses={200: DemandSerializer})
    def partial_update(self, request, uid=None):
        """Change what is named; skills and languages are replaced as a whole."""
        sent = DemandChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        changed = demands.change(
            self.get_object(), by=self.desk.member, at=timezone.now(), **sent.facts()
        )
        return Response(self._shown(changed))

    @extend_schema(
        summary="Withdraw demand", request=WithdrawalSerializer, responses={200: DemandSerializer}
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request, uid=None):
        """Take the demand back, saying why."""
        demand = self.get_object()
        sent = WithdrawalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._moved(demand, demands.withdraw, reason=sent.validated_data["reason"])

    @extend_schema(summary="Mark as filled", request=None, responses={200: DemandSerializer})
    @action(detail=True, methods=["post"])
    def fill(self, request, uid=None):
        """Note that all openings are taken."""
        return self._moved(self.get_object(), demands.fill)

    @extend_schema(summary="Open again", request=None, responses={200: DemandSerializer})
    @action(detail=True, methods=["post"])
    def reopen(self, request, uid=None):
        """Open an expired demand again."""
        return self._moved(self.get_object(), demands.reopen)

    def _moved(self, demand: Demand, verb, **details) -> Response:
        moved = verb(demand, by=self.desk.member, at=timezone.now(), **details)
        return Response(self._shown(moved))

    def _shown(self, demand: Demand) -> dict:
        return DemandSerializer(self.get_queryset().get(pk=demand.pk)).data

    def _employer(self, name: str) -> Organisation:
        own = self.desk.organisation
        if own is not None and name in ("", own.slug, str(own.uid)):
            return own
        if not name:
            raise Refused(
                _("Name the employer for whom this is stated."), field="employer", code="required"
            )
        return organisation_named(name, kind=Organisation.Kind.EMPLOYER, field="employer")
