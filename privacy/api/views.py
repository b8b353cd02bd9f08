"""Consents, requests and the export of a person over the API."""

import json

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet, ReadingViewSet
from gsp.audit.models import Look, note_looks
from partnerships.roles import Permission
from privacy import queries, rules
from privacy.actions import requests
from privacy.actions.export import as_json
from privacy.api.serializers import (
    AnswerSerializer,
    ConsentAnswerSerializer,
    ConsentSerializer,
    DataRequestSerializer,
)
from privacy.models import DataRequest
from privacy.personal import same_person
from trainees.actions.consent import give, withdraw
from trainees.models import Consent, Person


class PersonViewSet(DeskViewSet):
    """What is held on one person, and what they agreed to."""

    permissions = {
        "consents": Permission.VIEW_TRAINEES,
        "answer": Permission.UPLOAD_TRAINEES,
        "export": Permission.EXPORT_PERSON,
    }
    queryset = Person.objects.all()
    serializer_class = ConsentSerializer
    pagination_class = None
    filterset_class = None

    def person(self) -> Person:
        """Return the person of the address."""
        return get_object_or_404(Person, uid=self.kwargs["uid"])

    @extend_schema(responses=ConsentSerializer(many=True))
    def consents(self, request, uid):
        """Return every consent, the latest first."""
        person = self.person()
        note_looks([person], at=timezone.now())
        ids = [record.pk for record in same_person(person)]
        rows = Consent.objects.filter(person__in=ids).select_related("wording", "recipient")
        return Response(ConsentSerializer(rows.order_by("-given_at", "-id"), many=True).data)

    @extend_schema(request=ConsentAnswerSerializer, responses=ConsentSerializer(many=True))
    def answer(self, request, uid):
        """Record that the person agrees to a purpose, or no longer does; it holds at once."""
        person = self.person()
        sent = ConsentAnswerSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        act = give if sent.validated_data["agrees"] else withdraw
        purpose = sent.validated_data["purpose"]
        act(person, purpose, by=self.desk.member, at=timezone.now())
        return self.consents(request, uid)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def export(self, request, uid):
        """Return everything held on the person; the export is noted as one."""
        person, now = self.person(), timezone.now()
        rules.may_export(person, Permission.EXPORT_PERSON, self.desk.member)
        note_looks(same_person(person), kind=Look.Kind.EXPORT, at=now)
        return Response(json.loads(as_json(person, at=now, by=self.desk.member)))


class DataRequestViewSet(ReadingViewSet):
    """What people ask about their data."""

    permissions = {
        "list": Permission.MANAGE_PRIVACY,
        "retrieve": Permission.MANAGE_PRIVACY,
        "answer": Permission.MANAGE_PRIVACY,
    }
    queryset = DataRequest.objects.all()
    serializer_class = DataRequestSerializer

    def get_queryset(self):
        """Return them with who asks."""
        return queries.requests()

    @extend_schema(request=AnswerSerializer, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request, uid=None):
        """Answer it: done, or refused with the reason."""
        asked = self.get_object()
        sent = AnswerSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        row = requests.answer(
            asked,
            text=facts["answer"],
            done=facts["done"],
            by=self.desk.member,
            at=timezone.now(),
        )
        return Response(DataRequestSerializer(row).data)
