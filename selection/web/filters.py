"""What the lists of selection can be narrowed by, and how they are sorted."""

import django_filters
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from selection.models import Application, Call
from selection.states import ApplicationState, CallState
from selection.words import reasons
from trainees.models import Person

SORTS = {
    "reference": "reference",
    "score": "total",
    "rank": "rank",
    "submitted": "submitted_at",
    "waiting": "waiting_position",
}


class CallFilter(django_filters.FilterSet):
    """By partnership and state."""

    partnership = django_filters.ModelChoiceFilter(
        label=_("Partnership"),
        field_name="cohort__partnership",
        queryset=lambda request: Partnership.objects.order_by("name", "id"),
        to_field_name="uid",
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=CallState.choices)

    class Meta:
        model = Call
        fields = ["partnership", "state"]


class ApplicationFilter(django_filters.FilterSet):
    """By reference, state, rule not met, score, sex and region."""

    q = django_filters.CharFilter(
        label=_("Reference"), field_name="reference", lookup_expr="icontains"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=ApplicationState.choices)
    failed = django_filters.CharFilter(label=_("Rule not met"), method="fails")
    score_from = django_filters.NumberFilter(
        label=_("Score from"), field_name="total", lookup_expr="gte", min_value=0, max_value=100
    )
    score_to = django_filters.NumberFilter(
        label=_("Score to"), field_name="total", lookup_expr="lte", min_value=0, max_value=100
    )
    sex = django_filters.ChoiceFilter(
        label=_("Sex"), field_name="person__sex", choices=Person.Sex.choices
    )
    region = django_filters.CharFilter(
        label=_("Region"), field_name="person__region", lookup_expr="icontains"
    )

    class Meta:
        model = Application
        fields = ["q", "state", "failed", "score_from", "score_to", "sex", "region"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["failed"] = django_filters.ChoiceFilter(
            label=_("Rule not met"), choices=reasons(), method="fails"
        )
        self.filters["failed"].parent = self
        self.filters["failed"].model = Application

    def fails(self, rows, name, value):
        """Keep applications that fail a rule."""
        return rows.filter(failed__contains=[value])


def sorted_by(rows, key: str):
    """Return rows in the order of ``?sort=``, by rank at first; stable."""
    column = SORTS.get(key.lstrip("-"))
    if column is None:
        return rows.order_by("rank", "-submitted_at", "-id")
    return rows.order_by(f"-{column}" if key.startswith("-") else column, "-id")
