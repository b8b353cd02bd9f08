import pytest
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from catalogue.levels import CefrLevel, SkillLevel
from catalogue.models import Occupation, OccupationSkill, Release, Skill
from tests.catalogue.esco_files import isco

pytestmark = pytest.mark.usefixtures("empty_catalogue")


@pytest.fixture
def unit_group():
    parent = None
    for code in ("7", "71", "711"):
        parent = group(code, parent=parent)
    return group("7115", pk=9_000_000, parent=parent, unit_group_id=9_000_000)


def group(code, **fields):
    values = {"uri": isco(code), "isco_code": code, "code": code, "level": len(code)}
    return Occupation.objects.create(**{"title": f"Group {code}", **values, **fields})


def occupation(group, **fields):
    values = {
        "uri": "urn:carpenter",
        "title": "carpenter",
        "isco_code": "7115",
        "code": "7115.1",
        "level": 5,
        "parent": group,
        "unit_group": group,
    }
    return Occupation.objects.create(**values | fields)


def skill(title="join wood", **fields):
    values = {"uri": f"urn:{title}", "title": title, "kind": "skill"}
    return Skill.objects.create(**values | fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"level": 6, "code": "7115"}, "occupation_unit_group_by_level"),
        ({"isco_code": "711"}, "occupation_isco_code_as_deep_as_level"),
        ({"isco_code": "71x5"}, "occupation_isco_code_as_deep_as_level"),
        ({"parent": None}, "occupation_parent_below_major_group"),
        ({"unit_group": None}, "occupation_unit_group_by_level"),
        ({"level": 4, "isco_code": "7116"}, "occupation_group_code_is_isco_code"),
        ({"level": 4, "isco_code": "7116", "code": "7116"}, "occupation_unit_group_by_level"),
        (
            {"level": 4, "isco_code": "7116", "code": "7116", "unit_group": None},
            "occupation_unit_group_by_level",
        ),
        ({"uri": isco("7115")}, "occupation_uri_is_unique"),
        ({"title": ""}, "occupation_has_uri_and_title"),
    ],
)
def test_occupation_that_does_not_fit_its_level_is_refused(unit_group, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        occupation(unit_group, **fields)

    assert Occupation.objects.count() == 4


def test_group_is_there_once(unit_group):
    with pytest.raises(IntegrityError, match="occupation_one_group_per_isco_code"):
        group("7", uri="urn:another")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "attitude"}, "skill_kind_known"),
        ({"reuse_level": "everywhere"}, "skill_reuse_level_known"),
        ({"uri": ""}, "skill_has_uri_and_title"),
    ],
)
def test_skill_of_an_unknown_sort_is_refused(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        skill(**fields)


def test_relation_must_be_essential_or_optional(unit_group):
    with pytest.raises(IntegrityError, match="occupation_skill_relation_known"):
        OccupationSkill.objects.create(
            occupation=occupation(unit_group), skill=skill(), relation="useful"
        )


def test_relation_is_there_once(unit_group):
    ends = {"occupation": occupation(unit_group), "skill": skill()}
    OccupationSkill.objects.create(**ends, relation="essential")

    with pytest.raises(IntegrityError, match="catalogue_occupationskill_pkey"):
        OccupationSkill.objects.create(**ends, relation="optional")


@pytest.mark.parametrize("absent", ["occupation_id", "skill_id", "obsolete_since_id"])
def test_relation_to_what_does_not_exist_is_refused(unit_group, absent):
    ends = {"occupation_id": occupation(unit_group).pk, "skill_id": skill().pk}

    with pytest.raises(IntegrityError, match="names what does not exist"), transaction.atomic():
        OccupationSkill.objects.create(**ends | {absent: 999_999}, relation="optional")

    OccupationSkill.objects.create(**ends, relation="optional")
    with pytest.raises(IntegrityError, match="names what does not exist"):
        OccupationSkill.objects.update(**{absent: 999_999})


def test_entries_are_kept_for_good(unit_group):
    for entry in (skill(), release(), unit_group):
        with pytest.raises(DatabaseError, match="marked obsolete, never"), transaction.atomic():
            models.QuerySet(type(entry)).filter(pk=entry.pk)._raw_delete("default")
        assert type(entry).objects.filter(pk=entry.pk).exists()


def test_ids_are_kept_for_good():
    with pytest.raises(DatabaseError, match="marked obsolete, never deleted"):
        Skill.objects.filter(pk=skill().pk).update(id=999_999)


def release():
    return Release.objects.create(
        classification="ESCO", version="1.2.0", imported_at=timezone.now(), source="zip"
    )


def test_adjectives(unit_group):
    gone = occupation(unit_group, uri="urn:gone", title="cooper", obsolete_since=release())
    current = occupation(unit_group, alternative_titles=['the "joiner"', "wood, worker"])

    assert set(Occupation.objects.occupations()) == {gone, current}
    assert list(Occupation.objects.occupations().current()) == [current]
    assert list(Occupation.objects.unit_groups()) == [unit_group]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("CARP", ["carpenter"]),
        ('the "join', ["carpenter"]),
        ("  wood,   work ", ["carpenter"]),
        ("group 71", ["Group 71", "Group 711", "Group 7115"]),
        ("50%", []),
    ],
)
def test_search_reads_titles_and_alternative_titles(unit_group, text, titles):
    occupation(unit_group, alternative_titles=['the "joiner"', "wood, worker"])

    found = Occupation.objects.search(text).order_by("title")

    assert [each.title for each in found] == titles


def test_levels_of_languages_are_ordered():
    assert [level.rank for level in CefrLevel] == [1, 2, 3, 4, 5, 6]
    assert CefrLevel("B1").rank < CefrLevel("B2").rank
    assert SkillLevel.EXPERT > SkillLevel.BASIC == 1


def test_release_in_force_is_the_one_brought_in_last():
    newer = release()
    older = Release.objects.create(
        classification="ESCO", version="1.1.1", imported_at=timezone.now(), source="zips"
    )

    assert Release.objects.in_force("ESCO") == older
    assert Release.objects.in_force("ISO 639") is None
    assert (str(newer), newer.is_starter) == ("ESCO 1.2.0", False)
