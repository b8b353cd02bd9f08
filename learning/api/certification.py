"""The certificate of a cohort over the API: who is ready, and all of them certified at once."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet
from learning.actions.certification import certify_all
from learning.api.named import enrolments_named
from learning.certification import standings
from partnerships.roles import Permission
from training.models import Cohort


class AgainstSerializer(serializers.Serializer):
    """One thing that stands against a certificate."""

    code = serializers.CharField()
    message = serializers.CharField()


class StandingSerializer(serializers.Serializer):
    """One trainee without a result; ready where nothing stands against a certificate."""

    enrolment = serializers.UUIDField(source="enrolment.uid")
    reference = serializers.CharField(source="enrolment.person.reference")
    attendance = serializers.FloatField(source="rate", allow_null=True, help_text="0 to 1")
    against = AgainstSerializer(source="refusals", many=True)


class ExceptionSent(serializers.Serializer):
    """Why somebody is certified although something stands against it."""

    enrolment = serializers.UUIDField()
    reason = serializers.CharField(max_length=300)


class CertificationSent(serializers.Serializer):
    """The day of the certificates, whom (all who are ready where not named), and exceptions."""

    on = serializers.DateField()
    enrolments = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=5000
    )
    exceptions = ExceptionSent(many=True, required=False, max_length=1000)


class CertifiedSerializer(serializers.Serializer):
    """How many were certified."""

    certified = serializers.IntegerField()


class CertificationViewSet(DeskViewSet):
    """The certificate of one cohort."""

    queryset = Cohort.objects.select_related("course")
    serializer_class = StandingSerializer
    permissions = {
        "retrieve": Permission.VIEW_TRAINEES,
        "create": Permission.RECORD_ASSESSMENTS,
    }

    @extend_schema(
        summary="Who of a cohort can be certified, and what the others still need",
        responses={200: StandingSerializer(many=True)},
    )
    def retrieve(self, request, uid=None):
        """Return everybody without a result."""
        cohort = get_object_or_404(self.get_queryset(), uid=uid)
        found = standings(cohort, timezone.localdate())
        return Response(StandingSerializer(found, many=True).data)

    @extend_schema(
        summary="Certify all of a cohort who are ready",
        request=CertificationSent,
        responses={200: CertifiedSerializer},
    )
    def create(self, request, uid=None):
        """Certify them; exceptions are kept with their reason."""
        cohort = get_object_or_404(self.get_queryset(), uid=uid)
        sent = CertificationSent(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        reasons = {one["enrolment"]: one["reason"] for one in facts.get("exceptions", ())}
        named = [*facts.get("enrolments", ()), *reasons]
        known = enrolments_named(named, field="enrolments", cohort=cohort)
        count = certify_all(
            cohort,
            on=facts["on"],
            only={one.pk for one in known.values()} if "enrolments" in facts else None,
            exceptions={known[uid].pk: reason for uid, reason in reasons.items()},
            by=self.desk.member,
            at=timezone.now(),
        )
        return Response({"certified": count})
