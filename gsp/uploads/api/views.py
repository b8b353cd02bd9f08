"""Lists over the API: send, follow, look at, confirm or discard; in pieces over poor links."""

from urllib.parse import quote

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from gsp import vault
from gsp.api.errors import MEDIA_TYPE, TYPE
from gsp.api.parsers import BoundedJSONParser
from gsp.api.viewsets import ReadingViewSet
from gsp.audit.models import Look, note_looks
from gsp.uploads import permissions, queries
from gsp.uploads.actions import decide, parts, receive
from gsp.uploads.api.parsers import PieceBody
from gsp.uploads.api.serializers import (
    DecisionSent,
    HeadingsSent,
    OffsetSerializer,
    StagedRowsSerializer,
    UploadBriefSerializer,
    UploadSent,
    UploadSerializer,
)
from gsp.uploads.batch import Finding
from gsp.uploads.models import Upload
from gsp.uploads.purpose import purpose_of
from gsp.uploads.states import UploadState
from gsp.workflow import NotAllowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFSET = OpenApiParameter(
    "Upload-Offset", int, OpenApiParameter.HEADER, required=True, description="first byte"
)
FINDING = OpenApiParameter("finding", str, enum=Finding.values, description="which rows")
PAGE = OpenApiParameter("page", int, description="from 1 on")
ACCEPTED = {202: UploadSerializer}


class UploadFilter(filters.FilterSet):
    """Filters of ``GET …/uploads``."""

    kind = filters.CharFilter(field_name="kind")
    state = filters.ChoiceFilter(choices=UploadState.choices)
    subject = filters.UUIDFilter(field_name="subject")

    class Meta:
        model = Upload
        fields = []


def accepted(view, upload) -> Response:
    """Answer 202: the list is with us, and there its stages can be followed."""
    where = view.desk.url("api-upload-detail", uid=upload.uid)
    shown = UploadSerializer(upload).data
    return Response(shown, status=status.HTTP_202_ACCEPTED, headers={"Location": where})


@extend_schema_view(
    list=extend_schema(summary="List what was sent"),
    retrieve=extend_schema(
        summary="Follow one list through its stages", responses={200: UploadSerializer}
    ),
)
class UploadViewSet(ReadingViewSet):
    """Lists of the kinds the member may see."""

    queryset = Upload.objects.all()
    serializer_class = UploadBriefSerializer
    filterset_class = UploadFilter
    parser_classes = [BoundedJSONParser, MultiPartParser]
    permissions = {
        "list": permissions.VIEW,
        "retrieve": permissions.VIEW,
        "create": permissions.SEND,
        "content": permissions.SEND,
        "piece": permissions.SEND,
        "rows": permissions.VIEW,
        "marked": permissions.VIEW,
        "confirm": permissions.SEND,
        "discard": permissions.SEND,
        "again": permissions.SEND,
        "headings": permissions.SEND,
        "decide": permissions.SEND,
    }

    def get_queryset(self):
        """Return the lists of the kinds that the member may see, the latest first."""
        desk = getattr(self.request, "desk", None)  # none while the schema is made
        if desk is None:
            return Upload.objects.none()
        return queries.uploads_for(desk.member).order_by("-received_at", "-id")

    def retrieve(self, request, *args, **kwargs):
        """Show one list with its errors and its progress."""
        return Response(UploadSerializer(self.get_object()).data)

    @extend_schema(
        summary="Send a list, or announce one that comes in pieces",
        request={"multipart/form-data": UploadSent, "application/json": UploadSent},
        responses=ACCEPTED,
    )
    def create(self, request):
        """Store the file; a worker examines it. Nothing is written before it is confirmed."""
        sent = UploadSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts, member, now = sent.validated_data, self.desk.member, timezone.now()
        purpose = purpose_of(facts["kind"])
        if not member.may(purpose.permission):
            raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
        thing = purpose.find(facts["subject"], self.desk.organisation)
        if "file" in facts:
            name, file = facts["file"].name, facts["file"]
            upload = receive.receive(
                purpose.kind, thing, file=file, file_name=name, by=member, at=now
            )
        else:
            announced = {name: facts[name] for name in ("file_name", "size", "sha256")}
            upload = parts.announce(purpose.kind, thing, **announced, by=member, at=now)
        return accepted(self, upload)

    @extend_schema(summary="Ask how much of a file is there", responses={200: OffsetSerializer})
    @action(detail=True, methods=["get"])
    def content(self, request, uid=None):
        """Return the offset at which the next piece begins; HEAD has it in Upload-Offset."""
        return _offset(self.get_object())

    @extend_schema(
        summary="Send the next piece of a file, at most 1 MiB",
        parameters=[OFFSET],
        request={PieceBody.media_type: OpenApiTypes.BINARY},
        responses={200: OffsetSerializer},
    )
    @content.mapping.patch
    def piece(self, request, uid=None):
        """Keep a piece; 409 names the offset at which it should have begun."""
        try:
            offset = int(request.headers.get("Upload-Offset", ""))
        except ValueError as error:
            raise ValidationError({"Upload-Offset": [_("Name the first byte.")]}) from error
        content = request.data if isinstance(request.data, bytes) else b""
        upload = parts.add_part(
            self.get_object(),
            offset=offset,
            content=content,
            by=self.desk.member,
            at=timezone.now(),
        )
        if upload.state == UploadState.RECEIVING and parts.received(upload) == 0:
            return _damaged()
        return _offset(upload)

    def get_parsers(self):
        """Return the parser of pieces where one is sent."""
        if getattr(self, "action_map", {}).get("patch") == "piece":
            return [PieceBody()]
        return super().get_parsers()

    @extend_schema(
        summary="Read the rows of a preview",
        parameters=[FINDING, PAGE],
        responses={200: StagedRowsSerializer},
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def rows(self, request, uid=None):
        """Show 25 rows with a finding; a look at known persons is noted."""
        upload = self.get_object()
        name = request.query_params.get("finding", Finding.ERROR.value)
        page = request.query_params.get("page", "1")
        if name not in Finding.values or not (page.isascii() and page.isdigit()):
            raise ValidationError(_("Name a finding and a page."))
        finding, page = Finding(name), max(1, min(int(page[:6]), 100_000))
        rows = queries.rows_of(upload, finding, (page - 1) * queries.PAGE)
        note_looks(purpose_of(upload.kind).seen(upload, rows), at=timezone.now())
        count = queries.counts_of(upload)[finding]
        shown = {"count": count, "page": page, "results": rows}
        return Response(StagedRowsSerializer(shown).data)

    @extend_schema(
        summary="Download the list with its errors marked",
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"])
    def marked(self, request, uid=None):
        """Send the workbook; the export is noted."""
        upload = self.get_object()
        if not upload.annotated or not self.desk.member.may(purpose_of(upload.kind).permission):
            raise Http404
        note_looks([upload], kind=Look.Kind.EXPORT, at=timezone.now())
        response = StreamingHttpResponse(vault.pieces(upload.annotated), content_type=XLSX)
        name = quote(f"{upload.file_name.rpartition('.')[0] or 'list'}-marked.xlsx")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response

    @extend_schema(
        summary="Apply the valid rows and hold the others", request=None, responses=ACCEPTED
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request, uid=None):
        """Have a worker apply the valid rows, all or none."""
        return self._done(decide.confirm)

    @extend_schema(summary="Discard a list", request=None, responses=ACCEPTED)
    @action(detail=True, methods=["post"])
    def discard(self, request, uid=None):
        """Forget its rows; nothing is written."""
        return self._done(decide.discard)

    @extend_schema(summary="Have a list examined again", request=None, responses=ACCEPTED)
    @action(detail=True, methods=["post"])
    def again(self, request, uid=None):
        """Read and compare it once more."""
        return self._done(decide.examine_again)

    @extend_schema(summary="Match the headings of a file", request=HeadingsSent, responses=ACCEPTED)
    @action(detail=True, methods=["post"])
    def headings(self, request, uid=None):
        """Say which column each heading stands for; remembered for the next file."""
        sent = HeadingsSent(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._done(decide.match_headings, sent.validated_data["columns"])

    @extend_schema(
        summary="Say who a possible duplicate is", request=DecisionSent, responses=ACCEPTED
    )
    @action(detail=True, methods=["post"])
    def decide(self, request, uid=None):
        """Keep the decision; without one the row is held."""
        sent = DecisionSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        return self._done(decide.decide_row, facts["row"], facts["decision"])

    def _done(self, act, *facts) -> Response:
        upload = self.get_object()
        act(upload, *facts, by=self.desk.member, at=timezone.now())
        upload.refresh_from_db()
        return accepted(self, upload)


def _offset(upload) -> Response:
    offset = parts.received(upload)
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.size)}
    return Response({"offset": offset, "size": upload.size}, headers=headers)


def _damaged() -> Response:
    """Return the problem; not raised, so that the damaged pieces stay forgotten."""
    body = {
        "type": f"{TYPE}wrong-checksum",
        "title": _("The file arrived damaged. Send it again from the first byte."),
        "code": "wrong_checksum",
        "status": 409,
    }
    return Response(body, status=409, content_type=MEDIA_TYPE, headers={"Upload-Offset": "0"})
