"""What the lists of training can be narrowed by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation, Partnership
from training.models import Cohort, Course
from training.states import CohortState


def _centres():
    return Organisation.objects.of_kind(Organisation.Kind.TRAINING_CENTRE).order_by("name", "id")


class CourseFilter(django_filters.FilterSet):
    """By words and centre."""

    q = django_filters.CharFilter(label=_("Code or title"), method="words")
    centre = django_filters.ModelChoiceFilter(
        label=_("Training centre"), queryset=lambda request: _centres(), to_field_name="uid"
    )

    class Meta:
        model = Course
        fields = ["q", "centre"]

    def words(self, rows, name, value):
        """Keep courses whose code or title contains the words."""
        return rows.filter(Q(code__icontains=value) | Q(title__icontains=value))


class CohortFilter(django_filters.FilterSet):
    """By code, partnership and state."""

    q = django_filters.CharFilter(label=_("Code"), field_name="code", lookup_expr="icontains")
    partnership = django_filters.ModelChoiceFilter(
        label=_("Partnership"),
        queryset=lambda request: Partnership.objects.order_by("name", "id"),
        to_field_name="uid",
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=CohortState.choices)

    class Meta:
        model = Cohort
        fields = ["q", "partnership", "state"]
