"""What cells may hold: numbers that a spreadsheet changed, hidden marks, failed formulas."""

from decimal import Decimal

import pytest
from django.db.models import TextChoices
from pydantic import TypeAdapter, ValidationError

from gsp.uploads import cells
from gsp.uploads.habits import habits
from gsp.uploads.identifiers import FixedWidth, check_width
from gsp.uploads.rows import UploadRow
from gsp.uploads.sheet import Reading


class Sex(TextChoices):
    FEMALE = "female", "Woman"
    MALE = "male", "Man"


IDENTIFIER = TypeAdapter(cells.identifier(30))
TEXT = TypeAdapter(cells.text(30))
COUNT = TypeAdapter(cells.count(100_000))
AMOUNT = TypeAdapter(cells.amount(Decimal("9999.99")))
YES_NO = TypeAdapter(cells.YesNo)
SEX = TypeAdapter(cells.one_of(Sex, {"female": ("f", "weiblich"), "male": ("m",)}))


def refusal(kind, text):
    with pytest.raises(ValidationError) as refused:
        kind.validate_python(text)
    (error,) = refused.value.errors()
    return error["ctx"]["message"], error["ctx"]["remedy"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("007", "007"),
        ('="007"', "007"),
        ("\u202a+383\u00a044 123\u202c", "+383 44 123"),
        ("A\u200b1\ufeff", "A1"),
        ("12E5", "12E5"),
        ("123456789012345", "123456789012345"),
        ("=1+1", "=1+1"),
    ],
)
def test_identifier_is_read_without_what_nobody_sees(text, read):
    assert IDENTIFIER.validate_python(text) == read


@pytest.mark.parametrize("text", ["1.23457E+11", "1,23457E+11", "1E+20", "123456789012345000"])
def test_rounded_identifier_is_refused(text):
    assert refusal(IDENTIFIER, text) == (
        f"The spreadsheet has rounded this number to “{text}”.",
        "Format the column as text, type the number again in full and save.",
    )


def test_identifier_taken_for_a_day_is_refused():
    assert refusal(IDENTIFIER, "2026-03-01") == (
        "The spreadsheet has taken this for a day: “2026-03-01”.",
        "Format the column as text, type it again and save.",
    )


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        (("007", "012", "5"), 3),
        (("0012345", "1234567", "12345"), 7),
        (("007", "5"), 0),  # one number says nothing about the others
        (("007", "123", "1234"), 0),  # no fixed width
        (("007", "0012", "5"), 0),
        (("007", "012", "123"), 0),  # nothing is missing
        (("A07", "12", "5"), 0),
        ((), 0),
    ],
)
def test_lost_zeros_are_noticed_where_the_width_is_fixed(texts, width):
    column = FixedWidth()
    for text in texts:
        column.see(text)
    assert column.width == width


def test_number_without_its_zeros_is_refused():
    kind = TypeAdapter(
        cells.Annotated[str, cells.AfterValidator(lambda text: check_width(text, 4) or text)]
    )
    assert kind.validate_python("0012") == "0012"
    assert kind.validate_python("A1") == "A1"
    assert refusal(kind, "12") == (
        "“12” has lost the zeros in front: the others here have 4 digits.",
        "Format the column as text, type the number again with its zeros and save.",
    )


def test_columns_of_identifiers_are_known():
    class Line(UploadRow):
        reference: cells.identifier(9)
        name: cells.text(9)
        phone: cells.identifier(9) = ""

    assert cells.identifiers_of(Line) == ["reference", "phone"]


@pytest.mark.parametrize(
    "text", ["محمد", "Дмитрий", "Łukasz", "می\u200cخواهم", "שלום\u200f!", "#1", "Err"]
)
def test_text_in_any_script_stays_as_it_is(text):
    assert TEXT.validate_python(text) == text


def test_marks_around_a_text_are_taken_away():
    assert TEXT.validate_python("\u202aArta\u202c") == "Arta"


def test_mark_that_turns_the_text_is_refused():
    assert refusal(TEXT, "Ar\u202eat") == (
        "This text contains a hidden mark that turns the direction of writing.",
        "Type it again instead of copying it.",
    )


@pytest.mark.parametrize("text", ["#N/A", "#NV", "#REF!", "#BEZUG!", "#NOM?", "#DIV/0!", "Err:502"])
@pytest.mark.parametrize("kind", [TEXT, IDENTIFIER])
def test_failed_formula_is_refused(kind, text):
    assert refusal(kind, text) == (
        f"A formula failed here: “{text}”.",
        "Correct the formula, or type the value itself.",
    )


@pytest.mark.parametrize(("text", "read"), [("0", 0), ("1 250", 1250), ("1250,0", 1250), ("٧", 7)])
def test_count_is_read(text, read):
    assert COUNT.validate_python(text) == read


@pytest.mark.parametrize("text", ["-1", "1.5", "100001", "many", "1e3", "9" * 400])
def test_what_is_no_count_is_refused(text):
    assert refusal(COUNT, text) == (
        f"“{text}” is not a whole number from 0 on.",
        "Write digits only, such as 1250, or leave the cell empty.",
    )


def test_number_of_two_meanings_is_refused_until_the_centre_has_said():
    assert refusal(COUNT, "1,250") == (
        "“1,250” can be read in two ways.",
        "Write digits only, such as 1250, or leave the cell empty. "
        "Or set the decimal sign in the centre's settings.",
    )
    with habits(Reading(decimal=".")):
        assert COUNT.validate_python("1,250") == 1250
    with habits(Reading(decimal=",")):
        assert AMOUNT.validate_python("1.250,75") == Decimal("1250.75")
        assert AMOUNT.validate_python("1,25") == Decimal("1.25")


@pytest.mark.parametrize("text", ["0", "-1", "10000", "2600.505", "much"])
def test_what_is_no_amount_is_refused(text):
    assert refusal(AMOUNT, text) == (
        f"“{text}” is not an amount.",
        "Write digits and at most 2 decimals, such as 2600.50.",
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [("Oui", True), ("PO", True), ("نعم", True), ("Nee", False), ("jo", False), ("FALSCH", False)],
)
def test_yes_and_no_are_understood_in_six_languages(text, read):
    assert YES_NO.validate_python(text) is read


@pytest.mark.parametrize("text", ["female", "Woman", "F", "WEIBLICH"])
def test_choice_is_known_by_code_label_and_other_words(text):
    assert SEX.validate_python(text) == Sex.FEMALE
