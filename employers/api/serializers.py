"""Demand as the API reads and writes it: shape only, meaning is in the rules."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalogue.models import CefrLevel, Occupation, SkillLevel, SkillRelation
from employers.models import Demand, DemandLanguage, DemandSkill
from employers.states import Stage, Term


class OccupationSerializer(serializers.ModelSerializer):
    """An ISCO-08 group or ESCO occupation."""

    class Meta:
        model = Occupation
        fields = ["uri", "code", "isco_code", "title"]
        read_only_fields = fields


class DemandSkillSerializer(serializers.ModelSerializer):
    """A required skill."""

    skill = serializers.CharField(source="skill.uri")
    title = serializers.CharField(source="skill.title")

    class Meta:
        model = DemandSkill
        fields = ["skill", "title", "relation", "minimum_level"]
        read_only_fields = fields


class DemandLanguageSerializer(serializers.ModelSerializer):
    """A required language."""

    language = serializers.CharField(source="language_id")

    class Meta:
        model = DemandLanguage
        fields = ["language", "level"]
        read_only_fields = fields


class WageSerializer(serializers.Serializer):
    """Pay before tax."""

    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    currency = serializers.CharField(max_length=3, help_text="ISO 4217, such as EUR")
    period = serializers.ChoiceField(Demand.WagePeriod.choices)


class DemandSerializer(serializers.ModelSerializer):
    """One demand as it stands."""

    partnership = serializers.CharField(source="partnership.slug")
    employer = serializers.CharField(source="employer.slug")
    occupation = OccupationSerializer()
    country = serializers.CharField(source="country_id")
    skills = DemandSkillSerializer(many=True)
    languages = DemandLanguageSerializer(many=True)
    wage = serializers.SerializerMethodField()

    class Meta:
        model = Demand
        fields = [
            "uid",
            "reference",
            "partnership",
            "employer",
            "occupation",
            "country",
            "region",
            "openings",
            "term",
            "stage",
            "state",
            "state_changed_at",
            "withdrawal_reason",
            "starts_from",
            "starts_until",
            "minimum_age",
            "skills",
            "languages",
            "wage",
            "is_demonstration",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(WageSerializer(allow_null=True))
    def get_wage(self, demand):
        """Return the three parts of the wage, or null."""
        if demand.wage is None:
            return None
        return {
            "amount": f"{demand.wage:.2f}",
            "currency": demand.currency_id,
            "period": demand.wage_period,
        }


class SkillWanted(serializers.Serializer):
    """A skill to require."""

    skill = serializers.CharField(max_length=300, help_text="ESCO URI or exact title")
    relation = serializers.ChoiceField(SkillRelation.choices, default=SkillRelation.ESSENTIAL)
    minimum_level = serializers.ChoiceField(SkillLevel.choices, default=SkillLevel.BASIC)


class LanguageWanted(serializers.Serializer):
    """A language to require."""

    language = serializers.CharField(max_length=3, help_text="ISO 639, such as de")
    level = serializers.ChoiceField(
        CefrLevel.choices,
        error_messages={
            "invalid_choice": _("There is no CEFR level “{input}”. Use A1, A2, B1, B2, C1 or C2.")
        },
    )


class DemandChange(serializers.Serializer):
    """What a demand can be changed to; what is not named stays."""

    partnership = serializers.CharField(max_length=50, help_text="address or identifier")
    reference = serializers.CharField(
        max_length=60, required=False, allow_blank=True, help_text="your own, once per employer"
    )
    occupation = serializers.CharField(
        max_length=300, help_text="ISCO-08 code of four digits, or URI of an ESCO occupation"
    )
    country = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2, Kosovo as XK")
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    openings = serializers.IntegerField(
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": _("State at least one opening.")},
    )
    term = serializers.ChoiceField(Term.choices)
    stage = serializers.ChoiceField(Stage.choices, required=False)
    starts_from = serializers.DateField()
    starts_until = serializers.DateField()
    minimum_age = serializers.IntegerField(required=False, min_value=0, max_value=120)
    skills = SkillWanted(many=True, required=False, max_length=200)
    languages = LanguageWanted(many=True, required=False, max_length=20)
    skills_from_occupation = serializers.BooleanField(
        required=False, help_text="also require the occupation's essential skills"
    )
    wage = WageSerializer(required=False, allow_null=True)

    def facts(self) -> dict:
        """Return what was sent in the words of ``employers.actions.demand``."""
        facts = dict(self.validated_data)
        if "wage" in facts:
            wage = facts.pop("wage") or {}
            facts["wage"] = wage.get("amount")
            facts["currency"] = wage.get("currency")
            facts["wage_period"] = wage.get("period", "")
        return facts


class DemandStatement(DemandChange):
    """A new demand; agency staff name the employer, an employer may leave itself out."""

    employer = serializers.CharField(
        max_length=50, required=False, help_text="address or identifier; required of agency staff"
    )


class WithdrawalSerializer(serializers.Serializer):
    """Why a demand is withdrawn."""

    reason = serializers.CharField(max_length=200)
