from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db.models import Count

from catalogue.actions import esco, starter
from catalogue.esco.reader import read
from catalogue.models import Country, Occupation, OccupationSkill, Release
from catalogue.queries import holdings

pytestmark = pytest.mark.usefixtures("empty_catalogue")
FIRST, SECOND = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
UNIT_GROUPS = [
    "2512", "2513", "2514", "5113", "5120", "5131", "5321", "5322",
    "7112", "7114", "7115", "7122", "7126", "7231", "7411",
]  # fmt: skip


def test_every_group_of_isco_08_is_there():
    starter.load(at=FIRST)

    levels = Occupation.objects.values_list("level").annotate(Count("pk")).order_by("level")
    assert list(levels) == [(1, 10), (2, 43), (3, 130), (4, 436), (5, 32)]
    assert Occupation.objects.get(isco_code="7115", level=4).title == "Carpenters and joiners"


def test_every_trade_of_the_programmes_has_occupations_with_skills():
    starter.load(at=FIRST)

    occupations = Occupation.objects.occupations()
    codes = occupations.order_by("isco_code").values_list("isco_code", flat=True).distinct()
    assert list(codes) == UNIT_GROUPS
    skills = occupations.annotate(skills=Count("skill_relations")).values_list("skills", flat=True)
    assert (min(skills), max(skills)) == (20, 25)
    assert OccupationSkill.objects.essential().count() == 551


def test_texts_are_not_copied():
    starter.load(at=FIRST)

    assert not Occupation.objects.exclude(description="").exists()
    assert not Occupation.objects.exclude(alternative_titles=[]).exists()


def test_second_load_changes_nothing():
    starter.load(at=FIRST)

    loaded = starter.load(at=SECOND)

    assert not loaded.esco.has_changed
    assert loaded.lists == {"country": 0, "language": 0, "currency": 0}
    assert set(Release.objects.values_list("imported_at", flat=True)) == {FIRST}
    assert sorted(map(str, Release.objects.exclude(classification__startswith="ISO "))) == [
        "ESCO starter",
        "ISCO-08 2008",
    ]


def test_full_release_is_left_alone(classification, tmp_path):
    esco.bring_in(read([classification.zip(tmp_path / "esco-1.1.1.zip")]), at=FIRST)
    before = holdings()

    loaded = starter.load(at=SECOND)

    assert loaded.esco is None
    assert str(loaded.in_force) == "ESCO 1.1.1"
    assert holdings() == before
    assert Country.objects.count() == 250


def test_command_says_what_is_held(capsys):
    call_command("load_starter_catalogue")

    assert capsys.readouterr().out == (
        "The catalogue holds 32 occupations, 619 ISCO-08 groups, 342 skills, "
        "236 skill groups, 795 relations.\n"
    )
