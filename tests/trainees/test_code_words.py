"""Words for a sex in a list, as offices write them: each is understood as one code, or refused."""

from collections import Counter
from typing import Annotated

import pytest
from django.utils import translation
from pydantic import TypeAdapter

from selection.rows import ApplicationRow
from tests.trainees.lists import HEADER, errors, send
from trainees import code_words
from trainees.actions.cohort_rows import TraineeRow
from trainees.models import Person

WRITTEN = {
    "F": "female",
    "Weiblich": "female",
    "FEMME": "female",
    "Féminin": "female",
    "vrouw": "female",
    "Femër": "female",
    "أنثى": "female",
    "M": "male",
    "männlich": "male",
    "Homme": "male",
    "H": "male",
    "man": "male",
    "Mashkull": "male",
    "ذكر": "male",
    "divers": "other",
    "X": "other",
    "unbekannt": "unknown",
    "female": "female",
    "Male": "male",
}


def row(number: int, word: str) -> str:
    """A trainee nobody else resembles."""
    letters = "".join(chr(97 + int(digit) * 2) for digit in f"{number:03}")
    born = f"{1965 + 2 * number}-0{number % 9 + 1}-1{number % 10}"
    return f"W{number},{letters.title()},G{letters[::-1]}u,{born},XK,{word}"


def test_words_of_every_language_are_understood(cast):
    lines = [row(number, word) for number, word in enumerate(WRITTEN)]
    with cast.scope(cast.coordinator):
        record = send(cast, *lines, header=f"{HEADER},sex")
        assert (record.errors, record.state) == ([], "applied")
        found = dict(Person.objects.values_list("reference", "sex"))
    assert found == {f"W{number}": code for number, code in enumerate(WRITTEN.values())}


def test_word_that_nobody_knows_is_refused_with_the_codes(cast):
    with cast.scope(cast.coordinator):
        record = send(cast, row(1, "Q"), header=f"{HEADER},sex")
    assert errors(record) == [(2, "sex", "“Q” is not one of the codes.")]
    assert record.errors[0]["remedy"] == "Use one of: female, male, other, unknown."


def test_no_word_means_two_things():
    words = [word.casefold() for own in code_words.SEX.values() for word in own]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert set(code_words.SEX) == set(Person.Sex.values)


@pytest.mark.parametrize("language", ["en", "fr", "de", "nl", "sq", "ar"])
def test_no_word_stands_for_another_code_in_some_language(language):
    meant = {word.casefold(): code for code, own in code_words.SEX.items() for word in own}
    with translation.override(language):
        labels = {str(label).casefold(): code for code, label in Person.Sex.choices}
    assert {word: labels[word] for word in labels.keys() & meant.keys()} == {
        word: meant[word] for word in labels.keys() & meant.keys()
    }


@pytest.mark.parametrize("row_model", [TraineeRow, ApplicationRow])
def test_lists_of_trainees_and_of_applications_take_them(row_model):
    given = TypeAdapter(Annotated[Person.Sex, *row_model.model_fields["sex"].metadata])
    assert given.validate_python("weiblich") == Person.Sex.FEMALE
