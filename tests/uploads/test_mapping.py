"""Which heading stands for which column: in any language, by any known word, as remembered."""

from typing import ClassVar

import pytest
from django.utils import translation

from gsp.uploads.cells import text
from gsp.uploads.mapping import Certainty, Match, columns_of, heading, plain, propose
from gsp.uploads.rows import UploadRow
from trainees.actions.cohort_rows import TraineeRow
from trainees.headings import HEADINGS as TRAINEES
from workforce.headings import HEADINGS as FIGURES
from workforce.rows import FigureRow


class Line(UploadRow):
    headings: ClassVar = {
        "given_name": {"en": ("Given name", "First name"), "ar": ("الاسم الأول",)},
        "birth_date": {"en": ("Date of birth",), "fr": ("Né(e) le",)},
        "note": {"en": ("Note", "Comment")},
        "remark": {"en": ("Second remark", "Comment")},
    }

    given_name: text(9)
    birth_date: text(9)
    note: text(9) = ""
    remark: text(9) = ""


COLUMNS = columns_of(Line)


def found(*header, **choices):
    return [
        (match.column, match.certainty.value)
        for match in propose(header, COLUMNS, **choices).matches
    ]


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        (("given_name", "birth_date"), "exact"),
        (("GIVEN-NAME ", "Birth  Date*"), "exact"),
        (("First name", "Date of birth"), "synonym"),
        (("first NAME:", "Date of birth (as in the passport)"), "synonym"),
        (("الاسم الأول", "Né(e) le"), "synonym"),
        (("الاسم الاول", "ne(e)  LE"), "synonym"),
    ],
)
def test_headings_are_known_in_any_language_and_spelling(words, certainty):
    proposal = propose(words, COLUMNS)
    assert proposal.columns == ("given_name", "birth_date")
    assert {match.certainty.value for match in proposal.matches} == {certainty}
    assert proposal.is_clear


def test_what_is_unknown_or_missing_is_named():
    proposal = propose(["Given name", "Colour", ""], COLUMNS)
    assert proposal.matches == (
        Match(0, "Given name", "given_name", Certainty.EXACT),
        Match(1, "Colour", "", Certainty.NONE),
    )
    assert proposal.unknown == ("Colour",)
    assert proposal.missing == ("birth_date",)
    assert not proposal.is_clear


def test_word_that_means_two_columns_is_asked_about():
    assert found("Comment") == [("", "none")]
    assert found("Second remark", "Note") == [("remark", "synonym"), ("note", "exact")]


def test_column_without_a_heading_is_asked_about_once():
    assert found("", "Note") == [("", "none"), ("note", "exact")]
    assert found("", "Note", remembered={"": ""}) == [("", "remembered"), ("note", "exact")]


def test_second_heading_for_a_column_is_asked_about():
    assert found("First name", "given_name") == [("", "none"), ("given_name", "exact")]


def test_choice_goes_before_memory_and_memory_before_words():
    remembered = {"colour": "note", "Given name": "remark", "Shoe size": ""}
    assert found("Colour", "Given name", "Shoe size", remembered=remembered) == [
        ("note", "remembered"),
        ("remark", "remembered"),
        ("", "remembered"),
    ]
    assert found("Colour", "Given name", remembered=remembered, chosen={"Colour": ""}) == [
        ("", "chosen"),
        ("remark", "remembered"),
    ]


def test_remembered_column_that_no_longer_exists_is_forgotten():
    assert found("Colour", remembered={"Colour": "shade"}) == [("", "none")]


def test_left_out_heading_leaves_the_proposal_clear():
    proposal = propose(["given_name", "birth_date", "Colour"], COLUMNS, chosen={"Colour": ""})
    assert proposal.is_clear
    assert proposal.columns == ("given_name", "birth_date", "")


@pytest.mark.parametrize(("model", "headings"), [(TraineeRow, TRAINEES), (FigureRow, FIGURES)])
@pytest.mark.parametrize("language", ["en", "fr", "de", "nl", "sq", "ar"])
def test_headings_we_write_are_read_back_in_every_language(model, headings, language):
    assert set(model.model_fields) <= set(headings)
    with translation.override(language):
        header = [heading(headings, name) for name in model.model_fields]
    proposal = propose(header, columns_of(model, headings))
    assert proposal.columns == tuple(model.model_fields)
    assert proposal.is_clear


@pytest.mark.parametrize("headings", [TRAINEES, FIGURES])
def test_no_word_means_two_columns(headings):
    meanings = {}
    for column, languages in headings.items():
        assert list(languages) == ["en", "fr", "de", "nl", "sq", "ar"]
        for word in (word for words in languages.values() for word in words):
            assert meanings.setdefault(plain(word), column) == column
