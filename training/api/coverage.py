"""What a course covers, as the API shows it."""

from rest_framework import serializers


class CoverageSerializer(serializers.Serializer):
    """One occupation near a course; ``missing`` are the essential skills it does not teach."""

    occupation = serializers.CharField(source="occupation.uri")
    code = serializers.CharField(source="occupation.code")
    title = serializers.CharField(source="occupation.title")
    share = serializers.FloatField(help_text="0 to 1; essential skills count four times")
    essential = serializers.IntegerField()
    essential_taught = serializers.IntegerField()
    optional = serializers.IntegerField()
    optional_taught = serializers.IntegerField()
    missing = serializers.SerializerMethodField()

    def get_missing(self, one) -> list[str]:
        """Return the addresses of the skills."""
        return [skill.uri for skill in one.missing]
