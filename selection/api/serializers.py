"""Calls, applications, scores and offers as the API reads and writes them."""

from rest_framework import serializers

from selection.models import Application, Call, Criterion, EligibilityRule, Offer, Score


class EligibilityRuleSerializer(serializers.ModelSerializer):
    """One condition; its reason code stands with whoever fails it."""

    reason = serializers.CharField()

    class Meta:
        model = EligibilityRule
        fields = ["uid", "kind", "reason", "minimum", "maximum", "values"]
        read_only_fields = fields


class CriterionSerializer(serializers.ModelSerializer):
    """What applications are scored by."""

    class Meta:
        model = Criterion
        fields = ["code", "title", "weight", "scale", "scored_by", "is_anonymous", "position"]
        read_only_fields = fields


class CallSerializer(serializers.ModelSerializer):
    """One call with its scheme."""

    cohort = serializers.UUIDField(source="cohort.uid")
    partnership = serializers.CharField(source="cohort.partnership.slug")
    centre = serializers.CharField(source="centre.slug")
    titles = serializers.DictField(child=serializers.CharField())
    rules = EligibilityRuleSerializer(many=True)
    criteria = CriterionSerializer(many=True)
    applied = serializers.IntegerField()
    passed = serializers.IntegerField(help_text="eligible and not rejected")
    accepted = serializers.IntegerField()

    class Meta:
        model = Call
        fields = [
            "uid",
            "code",
            "cohort",
            "partnership",
            "centre",
            "titles",
            "opens_at",
            "closes_at",
            "places",
            "home_places",
            "away_places",
            "waiting_places",
            "minimum_score",
            "scorers",
            "tolerance",
            "offer_days",
            "seed",
            "offers_sent_at",
            "rules",
            "criteria",
            "applied",
            "passed",
            "accepted",
            "state",
            "state_changed_at",
            "is_demonstration",
        ]
        read_only_fields = fields


class OfferSerializer(serializers.ModelSerializer):
    """A place offered."""

    class Meta:
        model = Offer
        fields = ["made_at", "sent_at", "deadline", "answer", "answered_at"]
        read_only_fields = fields


class ScoreSerializer(serializers.ModelSerializer):
    """Points one scorer gave for one criterion."""

    criterion = serializers.CharField(source="criterion.code")

    class Meta:
        model = Score
        fields = ["criterion", "value", "scored_by", "scored_at"]
        read_only_fields = fields


class ApplicationSerializer(serializers.ModelSerializer):
    """One application without the person's name; the reference leads to it."""

    call = serializers.CharField(source="call.code")
    person = serializers.UUIDField(source="person.uid")
    failed = serializers.ListField(child=serializers.CharField())
    languages = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Application
        fields = [
            "uid",
            "call",
            "person",
            "reference",
            "source",
            "submitted_at",
            "track",
            "education",
            "employment",
            "experience",
            "languages",
            "failed",
            "overridden_to",
            "overridden_by",
            "total",
            "rank",
            "waiting_position",
            "rejection",
            "state",
            "state_changed_at",
        ]
        read_only_fields = fields


class ApplicationDetailSerializer(ApplicationSerializer):
    """One application with its scores and its offer."""

    scores = ScoreSerializer(many=True)
    offers = OfferSerializer(many=True)

    class Meta(ApplicationSerializer.Meta):
        fields = [*ApplicationSerializer.Meta.fields, "scores", "offers"]
        read_only_fields = fields


class Points(serializers.Serializer):
    """Points for one criterion."""

    criterion = serializers.SlugField(max_length=30, help_text="code of the criterion")
    points = serializers.IntegerField(min_value=0, max_value=100)
    comment = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class PointsGiven(serializers.Serializer):
    """The caller's points for an application; given again they replace the caller's own."""

    scores = Points(many=True, max_length=50)


class Decision(serializers.Serializer):
    """Whether eligible applications without full scores are rejected as not assessed."""

    leave_unscored = serializers.BooleanField(required=False)
