"""By what the API's list of demand can be narrowed."""

from django_filters import rest_framework as filters

from employers.models import Demand
from employers.states import DemandState, Stage, Term
from gsp.api.filters import MomentFilter


class DemandFilter(filters.FilterSet):
    """Filters of ``GET …/demand``; several together mean and."""

    partnership = filters.CharFilter(field_name="partnership__slug", label="address")
    employer = filters.CharFilter(field_name="employer__slug", label="address")
    reference = filters.CharFilter(field_name="reference")
    occupation = filters.CharFilter(
        field_name="occupation__isco_code",
        lookup_expr="startswith",
        label="ISCO-08 code or its first digits",
    )
    country = filters.CharFilter(field_name="country_id")
    state = filters.ChoiceFilter(choices=DemandState.choices)
    stage = filters.ChoiceFilter(choices=Stage.choices)
    term = filters.ChoiceFilter(choices=Term.choices)
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Demand
        fields = []
