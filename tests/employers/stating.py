"""A sound statement of demand, for tests that spoil one part of it."""

from datetime import UTC, date, datetime

from catalogue.models import Currency, Occupation, OccupationSkill
from tests import builders as a

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BRICKLAYER = "http://data.europa.eu/esco/occupation/test-bricklayer"
LAY_BRICKS = "http://data.europa.eu/esco/skill/test-stack-test-bricks"


def euro():
    return Currency.objects.get_or_create(code="EUR", defaults={"name": "Euro", "minor_units": 2})[
        0
    ]


def bricklayer(essential=(), optional=()):
    """An ESCO occupation below 7112 with its skills."""
    group = a.occupation("7112")
    made, _new = Occupation.objects.get_or_create(
        uri=BRICKLAYER,
        defaults={
            "isco_code": "7112",
            "code": "7112.99",
            "level": 5,
            "title": "test mason",
            "parent": group,
            "unit_group": group,
        },
    )
    for relation, titles in (("essential", essential), ("optional", optional)):
        for title in titles:
            OccupationSkill.objects.get_or_create(
                occupation=made, skill=a.skill(title), defaults={"relation": relation}
            )
    return made


def facts(**changes):
    """Keyword arguments of ``demand.state``."""
    return {
        "partnership": "builders",
        "occupation": "7112",
        "country": "DE",
        "openings": 4,
        "term": "short",
        "starts_from": date(2098, 1, 1),
        "starts_until": date(2098, 6, 30),
        **changes,
    }


def body(**changes):
    """The same as JSON for the API."""
    return facts(starts_from="2098-01-01", starts_until="2098-06-30") | changes
