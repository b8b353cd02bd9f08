import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from catalogue.actions import esco
from catalogue.esco.reader import NotEsco, read
from catalogue.models import Occupation, OccupationSkill, Release, Skill, SkillGroup
from catalogue.queries import holdings
from tests.catalogue.esco_files import (
    CARPENTER,
    DEVELOPER,
    ESCO,
    GAME_DEVELOPER,
    JOINERY,
    KNOWING,
    MAKING,
    TESTING,
    WOOD,
    WORKING,
    isco,
)

pytestmark = pytest.mark.usefixtures("empty_catalogue")
FIRST, SECOND = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
ABSENT = f"{ESCO}/skill/absent"


@pytest.fixture
def bring_in(tmp_path):
    """Write a classification as one zip and import it."""

    def import_zip(classification, version="1.2.0", at=FIRST, **options):
        path = classification.zip(tmp_path / f"esco-{version}.zip")
        return esco.bring_in(read([path]), at=at, **options)

    return import_zip


def held() -> dict[str, tuple[int, int]]:
    return {each.name: (each.current, each.obsolete) for each in holdings()}


def written() -> set:
    """Return place and writing transaction of each row: any write changes it."""
    tables = [model._meta.db_table for model in (Release, Occupation, Skill, SkillGroup)]
    links = (OccupationSkill, Skill.groups.through, SkillGroup.parents.through)
    rows = set()
    with connection.cursor() as cursor:
        for table in [*tables, *(model._meta.db_table for model in links)]:
            cursor.execute(f"SELECT '{table}', ctid::text, xmin::text FROM {table}")
            rows.update(cursor.fetchall())
    return rows


def test_both_layouts_give_the_same_catalogue(classification, bring_in, tmp_path):
    expected = {
        "occupations": (3, 0),
        "isco_groups": (8, 0),
        "skills": (4, 0),
        "skill_groups": (3, 0),
        "relations": (5, 0),
    }
    esco.bring_in(read(classification.zips(tmp_path, "1.1.1")), at=FIRST)
    assert held() == expected
    before = written()

    imported = bring_in(classification, "1.2.0", at=SECOND)

    assert held() == expected
    assert imported.changes["occupation"] == esco.Change(0, 0, 0)
    assert not imported.has_changed
    release = Release.objects.in_force("ESCO")
    assert (release.version, release.imported_at) == ("1.2.0", SECOND)
    assert release.counts == {name: current for name, (current, _) in expected.items()}
    assert {row for row in written() if row[0] != "catalogue_release"} == {
        row for row in before if row[0] != "catalogue_release"
    }


def test_tree_hangs_together(classification, bring_in):
    bring_in(classification)

    unit = Occupation.objects.get(uri=isco("2512"))
    game = Occupation.objects.get(uri=GAME_DEVELOPER)
    assert (unit.level, unit.code, unit.unit_group) == (4, "2512", unit)
    assert unit.parent.isco_code == "251"
    assert unit.parent.unit_group is None
    assert (game.level, game.isco_code, game.code) == (5, "2512", "2512.1.1")
    assert (game.parent.uri, game.unit_group) == (DEVELOPER, unit)
    assert Occupation.objects.get(uri=DEVELOPER).parent == unit
    assert Occupation.objects.filter(parent=None).count() == 2


def test_texts_skills_and_groups(classification, bring_in):
    bring_in(classification)

    carpenter = Occupation.objects.get(uri=CARPENTER)
    assert carpenter.alternative_titles == ["wood worker", "joiner, on site"]
    assert carpenter.description == "Builds with wood."
    joinery, wood = Skill.objects.get(uri=JOINERY), Skill.objects.get(uri=WOOD)
    assert (joinery.kind, joinery.reuse_level) == ("skill", "sector-specific")
    assert (wood.kind, wood.reuse_level) == ("knowledge", "")
    assert [group.uri for group in wood.groups.all()] == [KNOWING]
    assert [g.uri for g in SkillGroup.objects.get(uri=MAKING).parents.all()] == [WORKING]


def test_second_run_writes_nothing(classification, bring_in):
    bring_in(classification)
    before = written()

    imported = bring_in(classification, at=SECOND)

    assert not imported.has_changed
    assert written() == before
    assert Release.objects.get().imported_at == FIRST


def test_later_release_upgrades_in_place(classification, bring_in):
    bring_in(classification, "1.1.1")
    ids = dict(Occupation.objects.values_list("uri", "pk"))
    classification.occupations[CARPENTER]["preferredLabel"] = "carpenter and joiner"
    classification.occupations.pop(GAME_DEVELOPER)
    classification.skills.pop(TESTING)
    classification.skills[f"{ESCO}/skill/new"] = {"preferredLabel": "new", "skillType": ""}
    classification.relations[1] = (DEVELOPER, "optional", f"{ESCO}/skill/new")
    classification.relations[3] = (CARPENTER, "optional", JOINERY)
    classification.relations.pop(2)
    classification.occupation_parents.pop(1)
    classification.skill_parents.pop(1)

    imported = bring_in(classification, "1.2.0", at=SECOND)

    assert imported.changes == {
        "occupation": esco.Change(added=0, updated=1, gone=1),
        "skillgroup": esco.Change(0, 0, 0),
        "skill": esco.Change(added=1, updated=0, gone=1),
        "occupationskill": esco.Change(added=1, updated=1, gone=2),
        "skillgroupmembership": esco.Change(added=0, updated=0, gone=1),
        "skillgroupparent": esco.Change(0, 0, 0),
    }
    assert imported.absent == []
    assert dict(Occupation.objects.values_list("uri", "pk")) == ids
    assert Occupation.objects.get(uri=CARPENTER).title == "carpenter and joiner"
    release = Release.objects.get(version="1.2.0")
    assert Occupation.objects.get(uri=GAME_DEVELOPER).obsolete_since == release
    assert Skill.objects.get(uri=TESTING).obsolete_since == release
    assert held()["relations"] == (4, 2)
    assert OccupationSkill.objects.get(skill__uri=JOINERY).relation == "optional"


def test_what_comes_back_is_current_again(classification, bring_in):
    bring_in(classification, "1.1.0")
    game = classification.occupations.pop(GAME_DEVELOPER)
    relation = classification.relations.pop(2)
    broader = classification.occupation_parents.pop(1)
    bring_in(classification, "1.1.1", at=SECOND)
    before = Occupation.objects.get(uri=GAME_DEVELOPER)
    classification.occupations[GAME_DEVELOPER] = game
    classification.relations.append(relation)
    classification.occupation_parents.append(broader)

    imported = bring_in(classification, "1.2.0", at=SECOND)

    after = Occupation.objects.get(uri=GAME_DEVELOPER)
    assert before.obsolete_since is not None
    assert (after.pk, after.obsolete_since) == (before.pk, None)
    assert imported.changes["occupation"] == esco.Change(added=0, updated=1, gone=0)
    assert held()["relations"] == (5, 0)


def test_rows_that_point_nowhere_are_listed_not_fatal(classification, bring_in):
    elsewhere = f"{ESCO}/occupation/elsewhere"
    classification.relations += [
        (CARPENTER, "optional", ABSENT),
        (DEVELOPER, "essential", ABSENT),
        (elsewhere, "essential", WOOD),
    ]
    classification.groups["9999"] = "Nowhere"
    classification.occupations[elsewhere] = {
        "iscoGroup": "4321",
        "code": "4321.1",
        "preferredLabel": "clerk",
    }
    classification.skill_parents.append((ABSENT, MAKING))

    imported = bring_in(classification)

    assert imported.absent == [
        esco.Absent("ISCOGroups", "999", 1),
        esco.Absent("broaderRelationsSkillPillar", ABSENT, 1),
        esco.Absent("occupationSkillRelations", elsewhere, 1),
        esco.Absent("occupationSkillRelations", ABSENT, 2),
        esco.Absent("occupations", "4321", 1),
    ]
    assert held()["relations"] == (5, 0)
    assert held()["isco_groups"] == (8, 0)
    assert held()["occupations"] == (3, 0)


def test_pair_that_is_both_essential_and_optional_is_essential(classification, bring_in):
    classification.relations.append((DEVELOPER, "essential", TESTING))
    classification.relations.append((CARPENTER, "optional", WOOD))

    imported = bring_in(classification)

    assert imported.read["relations"] == 7
    assert held()["relations"] == (5, 0)
    assert OccupationSkill.objects.essential().count() == 5


def test_of_two_parents_the_one_that_begins_the_code_is_kept(classification, bring_in):
    classification.occupations[GAME_DEVELOPER]["code"] = "2512.7"
    classification.occupation_parents.append((GAME_DEVELOPER, isco("2512")))

    bring_in(classification)

    assert Occupation.objects.get(uri=GAME_DEVELOPER).parent.uri == isco("2512")


def test_occupation_without_a_broader_one_hangs_below_its_unit_group(classification, bring_in):
    classification.occupation_parents = [(CARPENTER, isco("7115"))]

    bring_in(classification)

    assert Occupation.objects.get(uri=DEVELOPER).parent.uri == isco("2512")


def test_field_longer_than_the_limit_of_csv(classification, bring_in):
    long = 'It is said: "long",\n' * 50_000
    classification.occupations[CARPENTER]["description"] = long

    bring_in(classification)

    assert Occupation.objects.get(uri=CARPENTER).description == long


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("occupations_en.csv", "conceptUri,iscoGroup,preferredLabel,code\r\n", "holds no row"),
        (
            "occupations_en.csv",
            "conceptUri,iscoGroup,preferredLabel,code\r\na,2512,x,2512.1\r\nb,2512\r\n",
            r"occupations_en.csv, line 3: missing data",
        ),
        (
            "occupations_en.csv",
            'conceptUri,iscoGroup,preferredLabel,code\r\na,2512,"x,2512.1\r\n',
            "unterminated CSV quoted field",
        ),
        (
            "ISCOGroups_en.csv",
            "conceptUri,code,preferredLabel\r\nx,25x,y\r\n",
            "ISCOGroups has a row whose address, title, code",
        ),
        (
            "occupationSkillRelations_en.csv",
            f"occupationUri,relationType,skillUri\r\n{CARPENTER},needed,{WOOD}\r\n",
            "occupationSkillRelations has a row",
        ),
        (
            "skills_en.csv",
            "conceptUri,skillType,reuseLevel,preferredLabel\r\na,,,x\r\na,,,y\r\n",
            "A row does not fit",
        ),
    ],
)
def test_damaged_download_changes_nothing(
    classification, bring_in, tmp_path, file, content, message
):
    bring_in(classification, "1.1.1")
    before = written()
    folder = classification.folder(tmp_path / "esco-1.2.0")
    (folder / file).write_text(content, newline="")

    with pytest.raises(NotEsco, match=message):
        esco.bring_in(read([folder]), at=SECOND)

    assert written() == before


def test_text_that_is_not_utf8_changes_nothing(classification, tmp_path):
    folder = classification.folder(tmp_path / "esco-1.2.0")
    file = folder / "skills_en.csv"
    file.write_bytes(file.read_bytes() + b"a,,,caf\xe9,,\r\n")

    with pytest.raises(NotEsco, match=r"skills_en\.csv, line 6: invalid byte sequence"):
        esco.bring_in(read([folder]), at=FIRST)

    assert not Release.objects.exists()


def test_damaged_zip_changes_nothing(classification, tmp_path):
    classification.occupations[CARPENTER]["description"] = " ".join(map(str, range(50_000)))
    path = classification.zip(tmp_path / "esco-1.2.0.zip")
    _spoil(path, "occupations_en.csv")

    with pytest.raises(NotEsco, match="is damaged"):
        esco.bring_in(read([path]), at=FIRST)

    assert not Skill.objects.exists()


def _spoil(path: Path, name: str) -> None:
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(name)
    content = bytearray(path.read_bytes())
    head = 30 + len(name)
    middle = info.header_offset + head + info.compress_size * 9 // 10
    content[middle : middle + 4] = bytes(255 - byte for byte in content[middle : middle + 4])
    path.write_bytes(bytes(content))


def test_older_release_needs_force(classification, bring_in):
    bring_in(classification, "1.2.0")
    before = written()

    with pytest.raises(esco.OlderRelease, match=r"holds ESCO 1\.2\.0; 1\.1\.1 is older"):
        bring_in(classification, "1.1.1", at=SECOND)
    assert written() == before

    bring_in(classification, "1.1.1", at=SECOND, force=True)
    assert Release.objects.in_force("ESCO").version == "1.1.1"


def test_versions_are_compared_as_numbers(classification, bring_in):
    bring_in(classification, "1.9.0")

    bring_in(classification, "1.10.0", at=SECOND)

    assert Release.objects.in_force("ESCO").version == "1.10.0"


def test_progress_counts_every_byte_read(classification, bring_in, tmp_path):
    sizes = []

    bring_in(classification, progress=sizes.append)

    files = read([tmp_path / "esco-1.2.0.zip"]).files
    heads = sum(len(",".join(file.columns)) + 2 for file in files)
    assert sum(sizes) == sum(file.size for file in files) - heads
