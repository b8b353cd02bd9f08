from datetime import UTC, datetime

import pytest
from django.utils import translation

from catalogue.actions import reference_lists
from catalogue.models import Country, Currency, Language, Release

pytestmark = pytest.mark.usefixtures("empty_catalogue")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_lists_are_filled_once():
    assert reference_lists.load(at=NOW) == {"country": 250, "language": 587, "currency": 155}
    assert reference_lists.load(at=NOW) == {"country": 0, "language": 0, "currency": 0}
    assert Release.objects.in_force("ISO 3166").counts == {"country": 250}


def test_row_that_was_altered_is_put_right():
    reference_lists.load(at=NOW)
    Country.objects.filter(pk="FJ").update(name="Fidji")

    assert reference_lists.load(at=NOW)["country"] == 1
    assert Country.objects.get(pk="FJ").name == "Fiji"


def test_kosovo_is_a_country():
    reference_lists.load(at=NOW)

    kosovo = Country.objects.get(pk="XK")
    assert (kosovo.alpha3, kosovo.name) == ("XKX", "Kosovo")
    assert kosovo.localised_name("sq") == "Kosovë"


@pytest.mark.parametrize(
    ("code", "alpha3"), [("sq", "sqi"), ("sm", "smo"), ("tpi", "tpi"), ("zgh", "zgh")]
)
def test_languages_have_two_letters_where_there_are_two(code, alpha3):
    reference_lists.load(at=NOW)

    assert Language.objects.get(pk=code).alpha3 == alpha3


@pytest.mark.parametrize(("code", "units"), [("EUR", 2), ("VUV", 0), ("TND", 3), ("MAD", 2)])
def test_currencies_know_their_decimal_places(code, units):
    reference_lists.load(at=NOW)

    assert Currency.objects.get(pk=code).minor_units == units


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "CLF"])
def test_nobody_is_paid_in_metals_or_units_of_account(code):
    reference_lists.load(at=NOW)

    assert not Currency.objects.filter(pk=code).exists()


def test_names_follow_the_reader():
    germany, arabic = Country(alpha2="DE", name="Germany"), Language(code="ar", name="Arabic")
    dirham = Currency(code="MAD", name="Moroccan Dirham")

    with translation.override("nl"):
        assert str(germany) == "Duitsland"
        assert str(arabic) == "Arabisch"
        assert str(dirham) == "Marokkaanse dirham (MAD)"
    assert germany.localised_name("ar") == "ألمانيا"
    assert germany.localised_name("pt-br") == "Alemanha"


def test_unknown_code_or_language_falls_back():
    nowhere = Country(alpha2="QQ", name="Nowhere")

    assert nowhere.localised_name("fr") == "Nowhere"
    assert Country(alpha2="DE", name="Germany").localised_name("xx-yy") == "Germany"
