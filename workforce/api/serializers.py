"""Workforce figures as the API reads and writes them."""

from rest_framework import serializers

from workforce.models import Figure

COUNT = {"required": False, "allow_null": True, "min_value": 0, "max_value": 2_147_483_647}


class FigureSerializer(serializers.ModelSerializer):
    """One quarter of one occupation, as one service reports it."""

    service = serializers.CharField(source="service.slug")
    country = serializers.CharField(source="country_id")
    occupation = serializers.CharField(source="occupation.isco_code")
    currency = serializers.CharField(source="currency_id", allow_null=True)

    class Meta:
        model = Figure
        fields = [
            "uid",
            "service",
            "country",
            "region",
            "occupation",
            "year",
            "quarter",
            "employed",
            "unemployed",
            "vacancies",
            "vacancy_days",
            "filled_vacancies",
            "closed_vacancies",
            "qualified_applicants",
            "suitable_applicants",
            "graduates",
            "exits",
            "wage",
            "currency",
            "source",
            "is_demonstration",
            "updated_at",
        ]
        read_only_fields = fields


class FigureSent(serializers.Serializer):
    """A figure to write; one that is there for the same quarter is replaced."""

    country = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2, Kosovo as XK")
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    occupation = serializers.CharField(max_length=4, help_text="ISCO-08 code of four digits")
    year = serializers.IntegerField(min_value=1990, max_value=2100)
    quarter = serializers.IntegerField(min_value=1, max_value=4)
    employed = serializers.IntegerField(**COUNT)
    unemployed = serializers.IntegerField(**COUNT)
    vacancies = serializers.IntegerField(**COUNT)
    vacancy_days = serializers.IntegerField(**COUNT)
    filled_vacancies = serializers.IntegerField(**COUNT)
    closed_vacancies = serializers.IntegerField(**COUNT)
    qualified_applicants = serializers.IntegerField(**COUNT)
    suitable_applicants = serializers.IntegerField(**COUNT)
    graduates = serializers.IntegerField(**COUNT)
    exits = serializers.IntegerField(**COUNT)
    wage = serializers.DecimalField(
        max_digits=12, decimal_places=2, required=False, allow_null=True, help_text="monthly"
    )
    currency = serializers.CharField(
        max_length=3, required=False, allow_blank=True, allow_null=True, help_text="ISO 4217"
    )
    source = serializers.CharField(max_length=200)


class CountsSerializer(serializers.Serializer):
    """What became of the figures sent."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class FileSent(serializers.Serializer):
    """A CSV or XLSX file with the columns of the template."""

    file = serializers.FileField(allow_empty_file=True)  # what is wrong with it is recorded
