"""Enrolments and uploads of cohorts over the API."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_view
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from gsp.audit.models import note_looks
from gsp.uploads.api.serializers import UploadSerializer
from gsp.uploads.api.views import accepted
from partnerships.roles import Permission
from trainees import queries
from trainees.actions.cohort_upload import upload
from trainees.api.parsers import XLSX, CsvBody, XlsxBody
from trainees.api.serializers import (
    EnrolmentDetailSerializer,
    EnrolmentSerializer,
    ListSent,
)
from trainees.models import Enrolment, SkillClaim
from trainees.states import EnrolmentState, Track
from training.models import Cohort


class EnrolmentFilter(filters.FilterSet):
    """Filters of ``GET …/enrolments``; several together mean and."""

    partnership = filters.CharFilter(field_name="cohort__partnership__slug", label="address")
    centre = filters.CharFilter(field_name="centre__slug", label="address")
    cohort = filters.UUIDFilter(field_name="cohort__uid")
    track = filters.ChoiceFilter(choices=Track.choices)
    state = filters.ChoiceFilter(choices=EnrolmentState.choices)

    class Meta:
        model = Enrolment
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List enrolments"),
    retrieve=extend_schema(
        summary="Read one enrolment, with the person", responses={200: EnrolmentDetailSerializer}
    ),
)
class EnrolmentViewSet(ReadingViewSet):
    """Enrolments: staff see all centres', a centre its own."""

    queryset = queries.enrolments()
    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    permissions = {"list": Permission.VIEW_TRAINING, "retrieve": Permission.VIEW_TRAINING}

    def get_queryset(self):
        """Add decisions, skills and languages where one enrolment is read."""
        if self.action != "retrieve":
            return super().get_queryset()
        skills = SkillClaim.objects.select_related("skill").order_by("skill__title", "id")
        return queries.enrolments_with_decisions().prefetch_related(
            Prefetch("person__skills", skills), "person__languages"
        )

    def get_serializer_class(self):
        """Return the shape of the list, or that of one enrolment."""
        return EnrolmentDetailSerializer if self.action == "retrieve" else EnrolmentSerializer

    def get_serializer_context(self):
        """Add whether the member may see who is enrolled."""
        desk = getattr(self.request, "desk", None)  # none while the schema is made
        sees = desk is not None and desk.member.may(Permission.VIEW_TRAINEES)
        return super().get_serializer_context() | {"sees_persons": sees}

    def retrieve(self, request, *args, **kwargs):
        """Show one enrolment; a look at the person is noted."""
        enrolment = self.get_object()
        if self.desk.member.may(Permission.VIEW_TRAINEES):
            note_looks([enrolment.person], at=timezone.now())
        return Response(self.get_serializer(enrolment).data)


class CohortUploadViewSet(DeskViewSet):
    """The list of a cohort, as a form's file or as the body itself."""

    queryset = Cohort.objects.all()
    serializer_class = UploadSerializer
    parser_classes = [MultiPartParser, CsvBody, XlsxBody]
    permissions = {"create": Permission.UPLOAD_TRAINEES}

    @extend_schema(
        summary="Upload the trainees of a cohort",
        request={
            "multipart/form-data": ListSent,
            "text/csv": OpenApiTypes.BINARY,
            XLSX: OpenApiTypes.BINARY,
        },
        responses={202: UploadSerializer},
    )
    def create(self, request, uid=None):
        """Take a list; its stages are followed, and its rows confirmed, under …/uploads."""
        cohort = get_object_or_404(self.get_queryset(), uid=uid)
        sent = ListSent(data=request.data)
        sent.is_valid(raise_exception=True)
        file, by, at = sent.validated_data["file"], self.desk.member, timezone.now()
        return accepted(self, upload(cohort, file=file, file_name=file.name, by=by, at=at))
