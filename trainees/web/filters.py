"""What the lists of trainees can be narrowed by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.uploads.models import Upload
from gsp.uploads.states import UploadState
from partnerships.models import Partnership
from trainees.models import Enrolment
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


class UploadFilter(django_filters.FilterSet):
    """By file name and outcome."""

    q = django_filters.CharFilter(label=_("File or cohort"), method="words")
    state = django_filters.ChoiceFilter(label=_("Stage"), choices=UploadState.choices)

    class Meta:
        model = Upload
        fields = ["q", "state"]

    def words(self, rows, name, value):
        """Keep uploads whose file or cohort contains the words."""
        return rows.filter(Q(file_name__icontains=value) | Q(subject_label__icontains=value))
