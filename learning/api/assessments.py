"""Assessments, results, language tests and modules done over the API."""

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from gsp.audit.models import note_looks
from learning import queries
from learning.actions import assessments, completions, languages
from learning.actions.results import Entry, record
from learning.api.named import cohort_named, enrolments_named, person_named, with_module
from learning.api.serializers import (
    AssessmentChange,
    AssessmentSerializer,
    CompletionSent,
    CompletionSerializer,
    LanguageTestSent,
    NewAssessment,
    ResultSerializer,
    ResultsRecorded,
    ResultsSent,
    SkillResultSerializer,
)
from learning.models import Assessment, AssessmentResult, ModuleCompletion
from partnerships.roles import Permission
from trainees.models import LanguageResult

WRITE = Permission.RECORD_ASSESSMENTS


class AssessmentFilter(filters.FilterSet):
    """Filters of ``GET …/assessments``; several together mean and."""

    cohort = filters.UUIDFilter(field_name="cohort__uid")
    centre = filters.CharFilter(field_name="centre__slug", label="address")
    module = filters.UUIDFilter(field_name="module__uid")

    class Meta:
        model = Assessment
        fields = []


class ResultFilter(filters.FilterSet):
    """Filters of ``GET …/assessment-results``; several together mean and."""

    assessment = filters.UUIDFilter(field_name="assessment__uid")
    cohort = filters.UUIDFilter(field_name="assessment__cohort__uid")
    enrolment = filters.UUIDFilter(field_name="enrolment__uid")

    class Meta:
        model = AssessmentResult
        fields = []


class LanguageFilter(filters.FilterSet):
    """Filters of ``GET …/language-results``; several together mean and."""

    person = filters.UUIDFilter(field_name="person__uid")
    language = filters.CharFilter(field_name="language_id")

    class Meta:
        model = LanguageResult
        fields = []


class CompletionFilter(filters.FilterSet):
    """Filters of ``GET …/module-completions``; several together mean and."""

    enrolment = filters.UUIDFilter(field_name="enrolment__uid")
    cohort = filters.UUIDFilter(field_name="enrolment__cohort__uid")
    module = filters.UUIDFilter(field_name="module__uid")

    class Meta:
        model = ModuleCompletion
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List assessments"),
    retrieve=extend_schema(summary="Read one assessment"),
)
class AssessmentViewSet(ReadingViewSet):
    """Assessments: staff see all centres', a centre its own."""

    queryset = queries.assessments()
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    permissions = {
        "list": Permission.VIEW_TRAINING,
        "retrieve": Permission.VIEW_TRAINING,
        "create": WRITE,
        "partial_update": WRITE,
        "results": WRITE,
    }

    @extend_schema(
        summary="Add an assessment", request=NewAssessment, responses={201: AssessmentSerializer}
    )
    def create(self, request):
        """Add an assessment; ``Location`` says where it is."""
        sent = NewAssessment(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = with_module(dict(sent.validated_data))
        cohort = cohort_named(facts.pop("cohort"))
        made = assessments.plan(cohort, **facts, by=self.desk.member, at=timezone.now())
        where = {"Location": self.desk.url("api-assessment-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Change an assessment",
        request=AssessmentChange,
        responses={200: AssessmentSerializer},
    )
    def partial_update(self, request, uid=None):
        """Change what is named; who passed follows at once."""
        sent = AssessmentChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        facts = with_module(dict(sent.validated_data))
        row = self.get_object()
        return Response(
            self._shown(assessments.change(row, **facts, by=self.desk.member, at=timezone.now()))
        )

    @extend_schema(
        summary="Record results of an assessment",
        request=ResultsSent,
        responses={200: ResultsRecorded},
    )
    @action(detail=True, methods=["put"])
    def results(self, request, uid=None):
        """Record or correct attempts in bulk, all or none; the same again change nothing."""
        assessment = self.get_object()
        sent = ResultsSent(data=request.data)
        sent.is_valid(raise_exception=True)
        results = sent.validated_data["results"]
        named = [one["enrolment"] for one in results]
        known = enrolments_named(named, field="enrolment", cohort=assessment.cohort)
        entries = [Entry(**one | {"enrolment": known[one["enrolment"]].pk}) for one in results]
        written = record(assessment, entries, by=self.desk.member, at=timezone.now())
        return Response({"written": written})

    def _shown(self, assessment: Assessment) -> dict:
        return AssessmentSerializer(self.get_queryset().get(pk=assessment.pk)).data


@extend_schema_view(list=extend_schema(summary="List results of assessments"))
class ResultViewSet(mixins.ListModelMixin, DeskViewSet):
    """Results: staff see all centres', a centre its own."""

    queryset = queries.results()
    serializer_class = ResultSerializer
    filterset_class = ResultFilter
    permissions = {"list": Permission.VIEW_TRAINEES}


@extend_schema_view(list=extend_schema(summary="List language results, skill by skill"))
class LanguageResultViewSet(mixins.ListModelMixin, DeskViewSet):
    """Language results: staff see all centres', a centre its own."""

    queryset = LanguageResult.objects.select_related("person")
    serializer_class = SkillResultSerializer
    filterset_class = LanguageFilter
    permissions = {"list": Permission.VIEW_TRAINEES, "create": WRITE}

    def paginate_queryset(self, queryset):
        """Return a page; its certificates have numbers, so each person on it is looked at."""
        page = super().paginate_queryset(queryset)
        note_looks({row.person for row in page or ()}, at=timezone.now())
        return page

    @extend_schema(
        summary="Record a language test",
        request=LanguageTestSent,
        responses={201: SkillResultSerializer(many=True)},
    )
    def create(self, request):
        """Record a test; the same language and day again corrects what stands."""
        sent = LanguageTestSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        person = person_named(facts.pop("person"))
        rows = languages.record(person, **facts, by=self.desk.member, at=timezone.now())
        shown = SkillResultSerializer(rows, many=True).data
        return Response(shown, status=status.HTTP_201_CREATED)


@extend_schema_view(list=extend_schema(summary="List modules done"))
class CompletionViewSet(mixins.ListModelMixin, DeskViewSet):
    """Modules done: staff see all centres', a centre its own."""

    queryset = ModuleCompletion.objects.select_related("enrolment", "module")
    serializer_class = CompletionSerializer
    filterset_class = CompletionFilter
    permissions = {"list": Permission.VIEW_TRAINEES, "create": WRITE}

    @extend_schema(
        summary="Record a module as done by hand",
        request=CompletionSent,
        responses={201: CompletionSerializer},
    )
    def create(self, request):
        """Record it with its day."""
        sent = CompletionSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = with_module(dict(sent.validated_data))
        uid = facts.pop("enrolment")
        enrolment = enrolments_named([uid], field="enrolment")[uid]
        made = completions.record(
            enrolment,
            facts["module"],
            on=facts["completed_on"],
            note=facts.get("note", ""),
            by=self.desk.member,
            at=timezone.now(),
        )
        return Response(CompletionSerializer(made).data, status=status.HTTP_201_CREATED)
