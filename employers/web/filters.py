"""By what the pages' list of demand can be narrowed."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.models import Demand
from employers.queries import countries_of_partnerships, employers_of_partnerships
from employers.states import DemandState, Term


class DemandFilter(filters.FilterSet):
    """State, country, term, occupation, and for staff the employer."""

    state = filters.ChoiceFilter(choices=DemandState.choices, label=_("State"))
    country = filters.ChoiceFilter(
        field_name="country_id",
        choices=countries_of_partnerships,
        label=_("Country"),
    )
    term = filters.ChoiceFilter(choices=Term.choices, label=_("Term"))
    occupation = filters.CharFilter(method="by_occupation", label=_("Occupation"))
    employer = filters.ModelChoiceFilter(
        queryset=employers_of_partnerships,
        to_field_name="slug",
        label=_("Employer"),
    )

    class Meta:
        model = Demand
        fields = []

    def __init__(self, *args, **kwargs):
        """Leave the employer out at an employer's own desk, where there is one only."""
        super().__init__(*args, **kwargs)
        if self.request.desk.organisation is not None:
            del self.filters["employer"]

    def by_occupation(self, rows, _name, value):
        """Keep demand whose occupation's code begins with, or whose title contains, the text."""
        text = value.strip()
        return rows.filter(
            Q(occupation__isco_code__startswith=text)
            | Q(occupation__code=text)
            | Q(occupation__title__icontains=text)
        )
