"""What the lists of trainees can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from trainees.duplicate_states import DuplicateState, SureBand
from trainees.models import Enrolment, PossibleDuplicate
from trainees.states import EnrolmentState, Track
from training.models import Cohort


class TraineeFilter(django_filters.FilterSet):
    """By reference, partnership, cohort, track and state."""

    q = django_filters.CharFilter(
        label=_("Reference"), field_name="person__reference", lookup_expr="icontains"
    )
    partnership = django_filters.ModelChoiceFilter(
        label=_("Partnership"),
        field_name="cohort__partnership",
        queryset=lambda request: Partnership.objects.order_by("name", "id"),
        to_field_name="uid",
    )
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"),
        queryset=lambda request: Cohort.objects.order_by("code", "id"),
        to_field_name="uid",
    )
    track = django_filters.ChoiceFilter(label=_("Track"), choices=Track.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=EnrolmentState.choices)

    class Meta:
        model = Enrolment
        fields = ["q", "partnership", "cohort", "track", "state"]


class DuplicateFilter(django_filters.FilterSet):
    """By how sure the comparison is, and by decision."""

    band = django_filters.ChoiceFilter(label=_("How sure"), choices=SureBand.choices)
    state = django_filters.ChoiceFilter(
        label=_("Decision"), choices=DuplicateState.choices, empty_label=_("To be decided")
    )

    class Meta:
        model = PossibleDuplicate
        fields = ["band", "state"]
