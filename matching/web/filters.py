"""The filters of the lists."""

import django_filters
from django.utils.translation import gettext_lazy as _

from catalogue.models import Country
from employers.states import Term
from matching import queries
from matching.models import Gap, Proposal
from matching.states import ProposalState
from trainees.states import Track

TRACKS = [choice for choice in Track.choices if choice[0] != Track.UNDECIDED]


class ProposalFilter(django_filters.FilterSet):
    """Proposals by partnership, track and state; only those still held if no state is chosen."""

    partnership = django_filters.ModelChoiceFilter(
        label=_("Partnership"),
        queryset=lambda request: queries.partnerships(),
        to_field_name="uid",
    )
    track = django_filters.ChoiceFilter(label=_("Track"), choices=TRACKS)
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProposalState.choices)

    class Meta:
        model = Proposal
        fields = ["partnership", "track", "state"]

    @property
    def qs(self):
        """Return the filtered rows; without a chosen state, those that still hold."""
        rows = super().qs
        return rows if self.data.get("state") else rows.holding()


class GapFilter(django_filters.FilterSet):
    """Gaps by term, country and occupation."""

    term = django_filters.ChoiceFilter(label=_("Term"), choices=Term.choices)
    country = django_filters.ModelChoiceFilter(
        label=_("Country"),
        queryset=lambda request: Country.objects.filter(
            pk__in=Gap.objects.values("country_id")
        ).order_by("name"),
    )
    occupation = django_filters.CharFilter(
        label=_("Occupation, by ISCO-08 code"),
        field_name="occupation__isco_code",
        lookup_expr="startswith",
    )

    class Meta:
        model = Gap
        fields = ["term", "country", "occupation"]
