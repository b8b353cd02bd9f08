"""Workforce figures over the API."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework import mixins, status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from gsp.api.filters import MomentFilter
from gsp.api.viewsets import DeskViewSet
from gsp.uploads.api.serializers import UploadSerializer
from gsp.uploads.api.views import accepted
from gsp.uploads.models import Upload
from gsp.uploads.rows import RowError, RowsRefused
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.naming import organisation_named
from partnerships.roles import Permission
from workforce.actions import figures, uploads
from workforce.api.serializers import (
    CountsSerializer,
    FigureSent,
    FigureSerializer,
    FileSent,
)
from workforce.models import Figure
from workforce.queries import figures as figure_rows

AT_MOST = 1000
SERVICE = OpenApiParameter(
    "service", str, description="address or identifier; required of agency staff"
)


class FigureFilter(filters.FilterSet):
    """Filters of ``GET …/workforce-figures``."""

    service = filters.CharFilter(field_name="service__slug", label="address")
    country = filters.CharFilter(field_name="country_id")
    region = filters.CharFilter(field_name="region")
    occupation = filters.CharFilter(
        field_name="occupation__isco_code",
        lookup_expr="startswith",
        label="ISCO-08 code or its first digits",
    )
    year = filters.NumberFilter(field_name="year")
    quarter = filters.NumberFilter(field_name="quarter")
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Figure
        fields = []


class ServiceDesk(DeskViewSet):
    """Base of what is sent for an employment service."""

    def service(self) -> Organisation:
        """Return the desk's own service, or the one that staff names in ``?service=``.

        Raises:
            Refused: staff names none, or there is none of this name.

        """
        name, own = self.request.query_params.get("service", ""), self.desk.organisation
        if own is not None and name in ("", own.slug, str(own.uid)):
            return own
        if not name:
            raise Refused(
                _("Name the employment service in “?service=”."), field="service", code="required"
            )
        kind = Organisation.Kind.EMPLOYMENT_SERVICE
        return organisation_named(name, kind=kind, field="service")


@extend_schema_view(list=extend_schema(summary="List workforce figures"))
class FigureViewSet(mixins.ListModelMixin, ServiceDesk):
    """Figures: staff see all services', a service its own."""

    queryset = figure_rows()
    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    permissions = {"list": Permission.VIEW_WORKFORCE, "create": Permission.SEND_WORKFORCE}

    @extend_schema(
        summary="Send workforce figures",
        parameters=[SERVICE],
        request=PolymorphicProxySerializer(
            "FiguresSent",
            serializers=[FigureSent, FigureSent(many=True, max_length=AT_MOST)],
            resource_type_field_name=None,
            many=False,
        ),
        responses={200: CountsSerializer},
    )
    def create(self, request):
        """Write one figure or a list of up to 1,000: all, or none."""
        several = isinstance(request.data, list)
        rows = _shaped(request.data if several else [request.data], several)
        try:
            counts = figures.send(self.service(), rows, by=self.desk.member, at=timezone.now())
        except RowsRefused as refusal:
            raise _problem(refusal.errors, several) from refusal
        return Response(CountsSerializer(counts).data)


@extend_schema_view(
    create=extend_schema(
        summary="Send a file of workforce figures",
        parameters=[SERVICE],
        request={"multipart/form-data": FileSent},
        responses={202: UploadSerializer},
    )
)
class FigureUploadViewSet(ServiceDesk):
    """Files of figures."""

    queryset = Upload.objects.filter(kind="workforce")
    serializer_class = UploadSerializer
    parser_classes = [MultiPartParser]
    permissions = {"create": Permission.SEND_WORKFORCE}

    def create(self, request):
        """Take a file; its stages are followed, and its rows confirmed, under …/uploads."""
        sent = FileSent(data=request.data)
        sent.is_valid(raise_exception=True)
        file, member = sent.validated_data["file"], self.desk.member
        record = uploads.upload(
            self.service(), file=file, file_name=file.name, by=member, at=timezone.now()
        )
        return accepted(self, record)


def _shaped(rows: list, several: bool) -> list[tuple[int, dict]]:
    if not 1 <= len(rows) <= AT_MOST:
        raise ValidationError(_("Send 1 to %(most)s figures at once.") % {"most": AT_MOST})
    sent = [FigureSent(data=row) for row in rows]
    wrong = {place: one.errors for place, one in enumerate(sent) if not one.is_valid()}
    if wrong:
        raise ValidationError(wrong if several else wrong[0])
    return [(place, one.validated_data) for place, one in enumerate(sent)]


def _problem(errors: list[RowError], several: bool) -> ValidationError:
    rows: dict[str, dict] = {}
    for error in errors:
        detail = ErrorDetail(f"{error.message} {error.remedy}", code="refused")
        rows.setdefault(str(error.row), {}).setdefault(error.column, []).append(detail)
    problem = ValidationError(rows if several else rows["0"])
    problem.status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    return problem
