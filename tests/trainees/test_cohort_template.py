"""The template of a cohort's list: filled in, it comes back as it was meant."""

import io

from django.utils import translation
from python_calamine import CalamineWorkbook

from tests.trainees.lists import NOW, counts
from tests.uploads.files import read, xlsx
from tests.uploads.stages import applied
from trainees.actions.cohort_rows import TraineeRow
from trainees.actions.cohort_template import template
from trainees.actions.cohort_upload import upload


def sheets():
    with CalamineWorkbook.from_filelike(io.BytesIO(template())) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_template_has_every_column_and_the_codes_in_force(cast):
    found = sheets()
    assert list(found) == ["Trainees", "Codes"]
    assert found["Trainees"] == [list(TraineeRow.model_fields)]
    headings, *codes = found["Codes"]
    assert headings[::2] == [
        "sex",
        "country",
        "track",
        "language",
        "language_level",
        "may_be_proposed",
    ]
    assert ["XK", "Kosovo"] in [row[2:4] for row in codes]
    assert [row[4:6] for row in codes[:3]] == [
        ["undecided", "Undecided"],
        ["home", "Home"],
        ["away", "Away"],
    ]


def test_template_explains_codes_in_the_readers_language(cast):
    with translation.override("de"):
        codes = list(sheets().values())[1]
    assert ["DE", "Deutschland"] in [row[2:4] for row in codes]


def test_filled_template_is_applied(cast):
    header = sheets()["Trainees"][0]
    cells = {
        "reference": "007",
        "given_name": "Arta",
        "family_name": "Krasniqi",
        "birth_date": "2000-05-17",
        "country": "XK",
    }
    content = xlsx(header, [cells.get(name, "") for name in header])
    assert read("list.xlsx", content).rows[0].cells[0] == "007"
    with cast.scope(cast.coordinator):
        record = upload(
            cast.cohort, file_name="list.xlsx", file=content, by=cast.coordinator, at=NOW
        )
        applied(record, by=cast.coordinator, at=NOW)
    assert (record.errors, counts(record)) == ([], (1, 0, 0))
