import pytest

from catalogue.esco.reader import NotEsco, read

TABLES = [
    "isco_groups",
    "occupations",
    "occupation_parents",
    "skill_groups",
    "skills",
    "skill_parents",
    "relations",
]


def test_one_zip_of_the_later_layout(classification, tmp_path):
    download = read([classification.zip(tmp_path / "esco-1.2.0-en-csv.zip")])

    assert download.version == "1.2.0"
    assert download.source == "esco-1.2.0-en-csv.zip"
    assert [file.table.name for file in download.files] == TABLES
    assert download.files[6].name == "esco-1.2.0-en-csv.zip/occupationSkillRelations_en.csv"


def test_several_zips_of_the_earlier_layout(classification, tmp_path):
    download = read(classification.zips(tmp_path))

    assert download.version == "1.1.1"
    assert [file.table.name for file in download.files] == TABLES
    assert download.files[6].name.endswith("/occupationSkillRelations.csv")


def test_folder_of_files_and_folder_of_zips(classification, tmp_path):
    files = classification.folder(tmp_path / "esco-1.2.1")
    zips = tmp_path / "zips"
    zips.mkdir()
    classification.zips(zips)

    assert read([files]).version == "1.2.1"
    assert read([zips]).version == "1.1.1"


def test_single_files(classification, tmp_path):
    folder = classification.folder(tmp_path / "files")

    download = read(sorted(folder.iterdir()), version="1.2.0")

    assert [file.table.name for file in download.files] == TABLES


def test_stream_stands_after_the_first_line(classification, tmp_path):
    download = read([classification.zip(tmp_path / "esco-1.2.0.zip")])

    with download.files[0].open() as rows:
        assert rows.readline().startswith(b"ISCOGroup,http://data.europa.eu/esco/isco/C2,2,")


def test_byte_order_mark_is_no_part_of_the_first_name(classification, tmp_path):
    folder = classification.folder(tmp_path / "esco-1.2.0")
    file = folder / "occupations_en.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert read([folder]).files[1].columns[0] == "conceptUri"


def test_name_without_a_version_asks_for_it(classification, tmp_path):
    path = classification.zip(tmp_path / "download.zip")

    with pytest.raises(NotEsco, match="add --release"):
        read([path])


def test_names_of_two_versions_are_refused(classification, tmp_path):
    first, _ = classification.zips(tmp_path, "1.1.1")
    _, second = classification.zips(tmp_path, "1.2.0")

    with pytest.raises(NotEsco, match=r"different versions: 1\.1\.1, 1\.2\.0"):
        read([first, second])


def test_missing_tables_are_named(classification, tmp_path):
    only_the_classification, _ = classification.zips(tmp_path)

    with pytest.raises(NotEsco, match="broaderRelationsOccPillar, broaderRelationsSkillPillar"):
        read([only_the_classification])


def test_table_given_twice_is_refused(classification, tmp_path):
    first = classification.zip(tmp_path / "a-1.2.0.zip")
    second = classification.zip(tmp_path / "b-1.2.0.zip")

    with pytest.raises(NotEsco, match=r"a-1\.2\.0\.zip/ISCOGroups_en\.csv and b-1\.2\.0\.zip"):
        read([first, second])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("notes.txt", b"nothing", "There is no file of ESCO in notes.txt"),
        ("esco-1.2.0.zip", b"this is no zip", "is not a zip file"),
        ("occupations_en.csv", b"name,age\r\nx,1\r\n", "lacks conceptUri, iscoGroup, preferred"),
        ("occupations_en.csv", b"", "lacks conceptUri, iscoGroup"),
        ("skills_en.csv", b"PK\x03\x04\xff\xfe\r\n", "is not a CSV file in UTF-8"),
        (
            "isco.csv",
            b"conceptUri,code,preferredLabel,code\r\n",
            "There is no file of ESCO in isco.csv",
        ),
        (
            "ISCOGroups_en.csv",
            b"conceptUri,code,preferredLabel,code\r\n",
            "lacks distinct names",
        ),
    ],
)
def test_what_is_not_esco_is_refused(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(NotEsco, match=message):
        read([path])


def test_absent_path_is_refused(tmp_path):
    with pytest.raises(NotEsco, match=r"nowhere\.zip does not exist"):
        read([tmp_path / "nowhere.zip"])
