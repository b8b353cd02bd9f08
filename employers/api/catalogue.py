"""Look-up of occupations and skills, for systems that word their demand with them."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers

from catalogue.models import Occupation, OccupationLevel, Skill
from employers.api.serializers import OccupationSerializer
from gsp.api.viewsets import DeskViewSet
from partnerships.roles import Permission


class SkillSerializer(serializers.ModelSerializer):
    """A skill or piece of knowledge of ESCO."""

    class Meta:
        model = Skill
        fields = ["uri", "title", "kind"]
        read_only_fields = fields


class ConceptFilter(filters.FilterSet):
    """By words of any title."""

    search = filters.CharFilter(method="by_words", label="part of a title, in any of its forms")

    def by_words(self, rows, _name, value):
        """Keep entries one of whose titles contains the text."""
        return rows.search(value)


class OccupationFilter(ConceptFilter):
    """By words, and by ISCO-08 code."""

    isco = filters.CharFilter(
        field_name="isco_code", lookup_expr="startswith", label="ISCO-08 code or its first digits"
    )

    class Meta:
        model = Occupation
        fields = []


class SkillFilter(ConceptFilter):
    """By words, and by the occupation that calls for the skill."""

    occupation = filters.CharFilter(
        field_name="occupation_relations__occupation__uri", label="URI of an occupation"
    )

    class Meta:
        model = Skill
        fields = []


@extend_schema_view(list=extend_schema(summary="Look up occupations"))
class OccupationViewSet(mixins.ListModelMixin, DeskViewSet):
    """Current ISCO-08 unit groups and ESCO occupations."""

    queryset = Occupation.objects.current().filter(level__gte=OccupationLevel.UNIT_GROUP)
    serializer_class = OccupationSerializer
    filterset_class = OccupationFilter
    permissions = {"list": Permission.VIEW_PARTNERSHIPS}


@extend_schema_view(list=extend_schema(summary="Look up skills"))
class SkillViewSet(mixins.ListModelMixin, DeskViewSet):
    """Current skills of ESCO."""

    queryset = Skill.objects.current()
    serializer_class = SkillSerializer
    filterset_class = SkillFilter
    permissions = {"list": Permission.VIEW_PARTNERSHIPS}
