"""Filters of the API."""

import django_filters

from employers.states import Term
from matching.models import Gap, Proposal, Run
from matching.states import ProposalState
from trainees.states import Track


class RunFilter(django_filters.FilterSet):
    """Runs by partnership and day."""

    partnership = django_filters.CharFilter(field_name="partnership__slug")
    as_of = django_filters.DateFilter()

    class Meta:
        model = Run
        fields = ["partnership", "as_of"]


class GapFilter(django_filters.FilterSet):
    """Gaps by run, country, term and ISCO-08 code from the left."""

    run = django_filters.UUIDFilter(field_name="run__uid")
    country = django_filters.CharFilter(field_name="country_id")
    term = django_filters.ChoiceFilter(choices=Term.choices)
    isco_code = django_filters.CharFilter(
        field_name="occupation__isco_code", lookup_expr="startswith"
    )

    class Meta:
        model = Gap
        fields = ["run", "country", "term", "isco_code"]


class ProposalFilter(django_filters.FilterSet):
    """Proposals by track and state."""

    track = django_filters.ChoiceFilter(choices=Track.choices)
    state = django_filters.ChoiceFilter(choices=ProposalState.choices)

    class Meta:
        model = Proposal
        fields = ["track", "state"]
