"""Certificates over the API: read, issue, revoke, download."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from credentials import queries
from credentials.actions import credentials as actions
from credentials.api.renderers import Pdf, SignedJson, SignedToken
from credentials.api.serializers import (
    CredentialAgain,
    CredentialSerializer,
    NewCredential,
    Revocation,
)
from credentials.certificate import page
from credentials.certificate.wording import WORDINGS
from credentials.models import Credential
from credentials.states import CredentialState
from gsp.api.viewsets import ReadingViewSet
from gsp.audit.models import Look, note_looks
from gsp.workflow import Refused
from partnerships.roles import Permission
from trainees.models import Enrolment

LANGUAGE = OpenApiParameter(
    "language", str, enum=list(WORDINGS), description="Language of the certificate; English."
)


class CredentialFilter(filters.FilterSet):
    """Filters of ``GET …/credentials``; several together mean and."""

    cohort = filters.UUIDFilter(field_name="cohort__uid")
    enrolment = filters.UUIDFilter(field_name="enrolment__uid")
    person = filters.UUIDFilter(field_name="person__uid")
    state = filters.ChoiceFilter(choices=CredentialState.choices)

    class Meta:
        model = Credential
        fields = []


@extend_schema_view(
    list=extend_schema(summary="List certificates"),
    retrieve=extend_schema(summary="Read one certificate"),
)
class CredentialViewSet(ReadingViewSet):
    """Certificates: staff see all centres', a centre its own."""

    queryset = queries.credentials().select_related("enrolment")
    serializer_class = CredentialSerializer
    filterset_class = CredentialFilter
    permissions = {
        "list": Permission.VIEW_TRAINEES,
        "retrieve": Permission.VIEW_TRAINEES,
        "create": Permission.ISSUE_CREDENTIALS,
        "revoke": Permission.ISSUE_CREDENTIALS,
        "again": Permission.ISSUE_CREDENTIALS,
        "pdf": Permission.VIEW_TRAINEES,
        "document": Permission.VIEW_TRAINEES,
        "token": Permission.VIEW_TRAINEES,
    }

    @extend_schema(
        summary="Issue a certificate", request=NewCredential, responses={201: CredentialSerializer}
    )
    def create(self, request):
        """Issue the certificate of a certified enrolment; ``Location`` says where it is."""
        sent = NewCredential(data=request.data)
        sent.is_valid(raise_exception=True)
        enrolment = _enrolment(sent.validated_data["enrolment"])
        until = sent.validated_data["valid_until"]
        made = actions.issue(enrolment, valid_until=until, **self._by_now())
        where = {"Location": self.desk.url("api-credential-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Revoke a certificate", request=Revocation, responses={200: CredentialSerializer}
    )
    @action(detail=True, methods=["post"])
    def revoke(self, request, uid=None):
        """Revoke it; this holds at once."""
        sent = Revocation(data=request.data)
        sent.is_valid(raise_exception=True)
        revoked = actions.revoke(self.get_object(), **sent.validated_data, **self._by_now())
        return Response(self._shown(revoked))

    @extend_schema(
        summary="Issue a certificate again",
        request=CredentialAgain,
        responses={201: CredentialSerializer},
    )
    @action(detail=True, methods=["post"])
    def again(self, request, uid=None):
        """Replace it by a new one with what is true today."""
        sent = CredentialAgain(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.issue_again(self.get_object(), **sent.validated_data, **self._by_now())
        where = {"Location": self.desk.url("api-credential-detail", uid=made.uid)}
        return Response(self._shown(made), status=status.HTTP_201_CREATED, headers=where)

    @extend_schema(
        summary="Download a certificate as PDF",
        parameters=[LANGUAGE],
        responses={(200, Pdf.media_type): OpenApiTypes.BINARY},
    )
    @action(detail=True, renderer_classes=[Pdf, JSONRenderer])
    def pdf(self, request, uid=None):
        """Send it on paper."""
        credential, sealed = self._taken()
        language = request.query_params.get("language", "en")
        if language not in WORDINGS:
            raise Refused(
                _("There is no certificate in “%(language)s”.") % {"language": language[:20]},
                field="language",
                code="unknown_language",
            )
        return HttpResponse(page.pdf(queries.printed(credential, sealed), language), Pdf.media_type)

    @extend_schema(
        summary="Download a verifiable credential",
        responses={(200, SignedJson.media_type): OpenApiTypes.OBJECT},
    )
    @action(detail=True, renderer_classes=[SignedJson, JSONRenderer])
    def document(self, request, uid=None):
        """Send the JSON with its embedded proof, as signed."""
        return HttpResponse(self._taken()[1].document, SignedJson.media_type)

    @extend_schema(
        summary="Download a verifiable credential as token",
        responses={(200, SignedToken.media_type): OpenApiTypes.STR},
    )
    @action(detail=True, renderer_classes=[SignedToken, JSONRenderer])
    def token(self, request, uid=None):
        """Send the compact JWS, as signed."""
        return HttpResponse(self._taken()[1].token, SignedToken.media_type)

    def _taken(self):
        """Return the certificate with what is sealed, and note that it was taken out."""
        credential = self.get_object()
        sealed = queries.sealed_of(credential)
        if not sealed.document:
            raise Http404
        note_looks([credential.person], kind=Look.Kind.EXPORT, at=timezone.now())
        return credential, sealed

    def _by_now(self) -> dict:
        return {"by": self.desk.member, "at": timezone.now()}

    def _shown(self, credential) -> dict:
        return CredentialSerializer(self.get_queryset().get(pk=credential.pk)).data


def _enrolment(uid) -> Enrolment:
    rows = Enrolment.objects.select_related(
        "tenant", "person", "centre", "cohort__partnership", "cohort__course__occupation"
    )
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Refused(
            _("There is no enrolment “%(uid)s” here.") % {"uid": uid},
            field="enrolment",
            code="unknown_enrolment",
        )
    return found
