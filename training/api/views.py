"""Courses and cohorts over the API."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import ReadingViewSet
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.naming import organisation_named
from partnerships.roles import Permission
from training import queries
from training.actions import cohorts, courses
from training.api.coverage import CoverageSerializer
from training.api.serializers import (
    CohortChange,
    CohortSerializer,
    CourseChange,
    CourseSerializer,
    NewCohort,
    NewCourse,
)
from training.coverage import coverage_of
from training.models import Cohort, Course
from training.states import CohortState

COVERED = 40
PERMISSIONS = {
    "list": Permission.VIEW_TRAINING,
    "retrieve": Permission.VIEW_TRAINING,
    "create": Permission.EDIT_TRAINING,
    "partial_update": Permission.EDIT_TRAINING,
    "coverage": Permission.VIEW_TRAINING,
}


class CourseFilter(filters.FilterSet):
    """Filters of ``GET …/courses``; several together mean and."""

    centre = filters.CharFilter(field_name="centre__slug", label="address")
    code = filters.CharFilter(field_name="code")
    occupation = filters.CharFilter(
        field_name="occupation__isco_code",
        lookup_expr="startswith",
        label="ISCO-08 code or its first digits",
    )

    class Meta:
        model = Course
        fields = []


class CohortFilter(filters.FilterSet):
    """Filters of ``GET …/cohorts``; several together mean and."""

    partnership = filters.CharFilter(field_name="partnership__slug", label="address")
    centre = filters.CharFilter(field_name="centre__slug", label="address")
    course = filters.UUIDFilter(field_name="course__uid")
    code = filters.CharFilter(field_name="code")
    state = filters.ChoiceFilter(choices=CohortState.choices)

    class Meta:
        model = Cohort
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List courses"), retrieve=extend_schema(summary="Read one course")
)
class CourseViewSet(ReadingViewSet):
    """Courses: staff see all centres', a centre its own."""

    queryset = queries.courses_with_parts()
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    permissions = PERMISSIONS

    @extend_schema(summary="Add a course", request=NewCourse, responses={201: CourseSerializer})
    def create(self, request):
        """Add a course; ``Location`` says where it is."""
        sent = NewCourse(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        centre = self._centre(facts.pop("centre", ""))
        made = courses.plan(centre, **facts, by=self.desk.member, at=timezone.now())
        where = {"Location": self.desk.url("api-course-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Change a course", request=CourseChange, responses={200: CourseSerializer}
    )
    def partial_update(self, request, uid=None):
        """Change what is named; skills and modules are replaced as a whole."""
        sent = CourseChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        course = self.get_object()
        facts = sent.validated_data
        return Response(
            self._shown(courses.edit(course, **facts, by=self.desk.member, at=timezone.now()))
        )

    @extend_schema(
        summary="Which occupations a course comes near to",
        responses={200: CoverageSerializer(many=True)},
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def coverage(self, request, uid=None):
        """Return at most 40 occupations, the best covered first."""
        near = coverage_of(self.get_object(), most=COVERED)
        return Response(CoverageSerializer(near, many=True).data)

    def _shown(self, course: Course) -> dict:
        return CourseSerializer(self.get_queryset().get(pk=course.pk)).data

    def _centre(self, name: str) -> Organisation:
        own = self.desk.organisation
        if own is not None and name in ("", own.slug, str(own.uid)):
            return own
        if not name:
            raise Refused(
                _("Name the training centre whose course this is."), field="centre", code="required"
            )
        return organisation_named(name, kind=Organisation.Kind.TRAINING_CENTRE, field="centre")


@extend_schema_view(
    list=extend_schema(summary="List cohorts"), retrieve=extend_schema(summary="Read one cohort")
)
class CohortViewSet(ReadingViewSet):
    """Cohorts: staff see all centres', a centre its own."""

    queryset = queries.cohorts()
    serializer_class = CohortSerializer
    filterset_class = CohortFilter
    permissions = PERMISSIONS

    @extend_schema(summary="Plan a cohort", request=NewCohort, responses={201: CohortSerializer})
    def create(self, request):
        """Plan a cohort; ``Location`` says where it is."""
        sent = NewCohort(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        course = _course(facts.pop("course"))
        made = cohorts.plan(course, **facts, by=self.desk.member, at=timezone.now())
        where = {"Location": self.desk.url("api-cohort-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Change a cohort", request=CohortChange, responses={200: CohortSerializer}
    )
    def partial_update(self, request, uid=None):
        """Change what is named."""
        sent = CohortChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        cohort = self.get_object()
        facts = sent.validated_data
        return Response(
            self._shown(cohorts.edit(cohort, **facts, by=self.desk.member, at=timezone.now()))
        )

    def _shown(self, cohort: Cohort) -> dict:
        return CohortSerializer(self.get_queryset().get(pk=cohort.pk)).data


def _course(uid) -> Course:
    found = Course.objects.select_related("centre").filter(uid=uid).first()
    if found is None:
        raise Refused(
            _("There is no course “%(uid)s” here.") % {"uid": uid},
            field="course",
            code="unknown_course",
        )
    return found
