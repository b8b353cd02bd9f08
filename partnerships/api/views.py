"""Partnerships and organisations over the API, to read."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view

from gsp.api.viewsets import ReadingViewSet
from partnerships.api.serializers import OrganisationSerializer, PartnershipSerializer
from partnerships.models import Organisation, Partnership
from partnerships.roles import Permission
from partnerships.states import PartnershipState


class PartnershipFilter(filters.FilterSet):
    """Filters of ``GET …/partnerships``."""

    state = filters.ChoiceFilter(choices=PartnershipState.choices)
    destination = filters.CharFilter(field_name="destination_id")
    origin = filters.CharFilter(field_name="origins__country_id")

    class Meta:
        model = Partnership
        fields = []


class OrganisationFilter(filters.FilterSet):
    """Filters of ``GET …/organisations``."""

    kind = filters.ChoiceFilter(choices=Organisation.Kind.choices)
    country = filters.CharFilter(field_name="country_id")
    verified = filters.BooleanFilter(
        field_name="verified_on", lookup_expr="isnull", exclude=True, label="verified by the agency"
    )

    class Meta:
        model = Organisation
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List partnerships"),
    retrieve=extend_schema(summary="Read one partnership"),
)
class PartnershipViewSet(ReadingViewSet):
    """Partnerships: an organisation sees those it takes part in."""

    queryset = Partnership.objects.prefetch_related("origins")
    serializer_class = PartnershipSerializer
    filterset_class = PartnershipFilter
    permissions = {
        "list": Permission.VIEW_PARTNERSHIPS,
        "retrieve": Permission.VIEW_PARTNERSHIPS,
    }


@extend_schema_view(
    list=extend_schema(summary="List organisations"),
    retrieve=extend_schema(summary="Read one organisation"),
)
class OrganisationViewSet(ReadingViewSet):
    """Organisations of the agency, for its staff."""

    queryset = Organisation.objects.all()
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    permissions = {
        "list": Permission.VIEW_ORGANISATIONS,
        "retrieve": Permission.VIEW_ORGANISATIONS,
    }
