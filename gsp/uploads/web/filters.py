"""What the list of uploads can be narrowed by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.uploads.models import Upload
from gsp.uploads.purpose import purposes
from gsp.uploads.states import UploadState


class UploadFilter(django_filters.FilterSet):
    """By words of the file, kind and stage."""

    q = django_filters.CharFilter(label=_("File or subject"), method="words")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=lambda: [(one.kind, one.label) for one in purposes()]
    )
    state = django_filters.ChoiceFilter(label=_("Stage"), choices=UploadState.choices)

    class Meta:
        model = Upload
        fields = ["q", "kind", "state"]

    def words(self, rows, name, value):
        """Keep lists whose file or subject contains the words."""
        return rows.filter(Q(file_name__icontains=value) | Q(subject_label__icontains=value))
