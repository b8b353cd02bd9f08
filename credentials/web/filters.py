"""What the list of certificates can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from credentials.models import Credential
from credentials.states import CredentialState
from training.models import Cohort


class CredentialFilter(django_filters.FilterSet):
    """By the trainee's reference, cohort and standing."""

    q = django_filters.CharFilter(
        label=_("Reference of the trainee"), field_name="person__reference", lookup_expr="icontains"
    )
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"),
        queryset=lambda request: Cohort.objects.order_by("code", "id"),
        to_field_name="uid",
    )
    state = django_filters.ChoiceFilter(label=_("Standing"), choices=CredentialState.choices)

    class Meta:
        model = Credential
        fields = ["q", "cohort", "state"]
