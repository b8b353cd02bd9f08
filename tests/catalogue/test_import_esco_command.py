import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalogue.models import Occupation, Release, Skill
from tests.catalogue.esco_files import CARPENTER, ESCO

pytestmark = pytest.mark.usefixtures("empty_catalogue")
DATA = settings.BASE_DIR.parent / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / "esco-1.2.0-en-csv.zip").exists(), reason="the shared data is not at hand"
)


def run(capsys, *arguments) -> list[str]:
    call_command("import_esco", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def test_report_of_a_small_download(classification, tmp_path, capsys):
    classification.relations += [(CARPENTER, "optional", f"{ESCO}/skill/{n}") for n in range(21)]
    path = classification.zip(tmp_path / "download.zip")

    lines = run(capsys, path, "--release", "1.2.0")

    assert lines[:8] == [
        "ESCO 1.2.0 from download.zip",
        "                   current  obsolete    in all",
        "occupations              3         0         3",
        "ISCO-08 groups           8         0         8",
        "skills                   4         0         4",
        "skill groups             3         0         3",
        "relations                5         0         5",
        "Added 27, updated 0, obsolete or removed 0.",
    ]
    assert lines[8] == "21 rows name 21 addresses that are not in the download; left out:"
    assert lines[9] == f"  occupationSkillRelations         1  {ESCO}/skill/0"
    assert lines[-1] == "  and 1 more"
    assert len(lines) == 9 + 20 + 1


def test_second_run_says_that_nothing_has_changed(classification, tmp_path, capsys):
    path = classification.zip(tmp_path / "esco-1.2.0.zip")
    run(capsys, path)

    assert run(capsys, path)[-1] == "Nothing has changed."


def test_progress_is_quiet_where_nobody_watches(classification, tmp_path, capsys):
    call_command("import_esco", str(classification.zip(tmp_path / "esco-1.2.0.zip")))

    assert capsys.readouterr().err == ""


def test_what_is_not_esco_changes_nothing(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,age\nx,1\n")

    with pytest.raises(CommandError, match=r"no file of ESCO in people\.csv\. Nothing was changed"):
        call_command("import_esco", str(path))

    assert not Release.objects.exists()


def test_older_release_needs_force(classification, tmp_path, capsys):
    run(capsys, classification.zip(tmp_path / "esco-1.2.0.zip"))
    older = [str(path) for path in classification.zips(tmp_path)]

    with pytest.raises(CommandError, match=r"holds ESCO 1\.2\.0; 1\.1\.1 is older. Add --force"):
        call_command("import_esco", *older)

    assert run(capsys, *older, "--force")[0].startswith("ESCO 1.1.1 from ESCO dataset - v1.1.1")


def test_release_must_look_like_one(classification, tmp_path):
    path = classification.zip(tmp_path / "download.zip")

    with pytest.raises(CommandError, match="“newest” is not a version such as"):
        call_command("import_esco", str(path), "--release", "newest")


@needs_data
def test_real_releases_one_over_the_other(capsys):
    run(
        capsys,
        DATA / "esco-1.1.1-classification-en-csv.zip",
        DATA / "esco-1.1.1-relations-csv.zip",
    )
    ids = dict(Occupation.objects.values_list("uri", "pk"))

    lines = run(capsys, DATA / "esco-1.2.0-en-csv.zip")

    assert lines[2:10] == [
        "occupations          3,039         3     3,042",
        "ISCO-08 groups         619         0       619",
        "skills              13,939       194    14,133",
        "skill groups           640         0       640",
        "relations          128,926     1,343   130,269",
        "Added 7,270, updated 12,787, obsolete or removed 1,782.",
        "17 of 129,003 relations repeat a pair; where one says essential and one optional, "
        "essential holds.",
        "60 rows name 5 addresses that are not in the download; left out:",
    ]
    assert lines[10:] == [
        f"  occupationSkillRelations    {rows:>6}  {ESCO}/skill/{name}"
        for rows, name in (
            (31, "04dfd9fb-e0cf-40f6-96c6-9d2280c4347e"),
            (2, "222bcd83-1ac6-4c2f-93c9-39ac835067f1"),
            (1, "3a3f0909-9acc-459b-91f5-17e4e540b260"),
            (14, "6495182b-d548-425d-8596-bdf527c98cd7"),
            (12, "d908a818-70ef-419e-9d60-8f459114cb2f"),
        )
    ]
    assert ids.items() <= dict(Occupation.objects.values_list("uri", "pk")).items()
    assert Skill.objects.current().search("haskell").count() == 1
    assert Occupation.objects.current().unit_groups().count() == 436


@needs_data
def test_real_release_over_the_starter_keeps_every_row(capsys):
    call_command("load_starter_catalogue")
    capsys.readouterr()
    ids = dict(Skill.objects.values_list("uri", "pk"))

    lines = run(capsys, DATA / "esco-1.2.0-en-csv.zip")

    assert lines[2:7] == [
        "occupations          3,039         0     3,039",
        "ISCO-08 groups         619         0       619",
        "skills              13,939         0    13,939",
        "skill groups           640         0       640",
        "relations          128,926         0   128,926",
    ]
    assert ids.items() <= dict(Skill.objects.values_list("uri", "pk")).items()
    assert Release.objects.in_force("ESCO").version == "1.2.0"
