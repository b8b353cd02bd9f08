"""What one cell of an upload may hold: types for row models, each refusal with its remedy."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator

from gsp.uploads import habits
from gsp.uploads.habits import AmbiguousError, western_digits
from gsp.uploads.identifiers import check_unchanged, cleaned
from gsp.uploads.problems import problem

__all__ = [
    "Day",
    "YesNo",
    "amount",
    "count",
    "identifier",
    "identifiers_of",
    "one_of",
    "problem",
    "text",
]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Marks that make a text show in another order than it is written
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
EDGES = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff "
# What formulas leave where they fail, in the spreadsheets of all languages
FAILED_FORMULA = re.compile(r"#(?:N/[AB]|NV|[A-ZÉÜ][A-ZÉÜ/0-9_]*[!?])|Err:\d{3}")

# Yes and no as people and spreadsheets write them: English, French, German, Dutch, Albanian, Arabic
YES = frozenset(["yes", "true", "1", "oui", "vrai", "ja", "wahr", "waar", "po", "نعم"])
NO = frozenset(["no", "false", "0", "non", "faux", "nein", "falsch", "nee", "onwaar", "jo", "لا"])


class Identifier:
    """Marks columns whose texts a spreadsheet must not have changed."""


def text(longest: int):
    """Return the type of a text of at most ``longest`` characters."""
    return Annotated[str, AfterValidator(lambda value: _checked_text(value, longest))]


def identifier(longest: int):
    """Return the type of a reference or number that a spreadsheet must not have changed."""

    def check(value: str) -> str:
        value = cleaned(value)
        check_unchanged(value)
        return _checked_text(value, longest)

    return Annotated[str, AfterValidator(check), Identifier]


def identifiers_of(model: type[BaseModel]) -> list[str]:
    """Return the columns of a row model that are of an ``identifier`` type."""
    return [name for name, field in model.model_fields.items() if Identifier in field.metadata]


def one_of(choices, words: Mapping[str, Sequence[str]] | None = None):
    """Return the type of a choice, given by its code or its label in the reader's language.

    ``words`` holds, by code, other words that people write for it.
    """
    known = {code.casefold(): code for code in choices.values}
    known |= {word.casefold(): code for code, own in (words or {}).items() for word in own}

    def parse(value):
        text = str(value).casefold()
        found = known.get(text) or _labelled(choices).get(text)
        if found is not None:
            return choices(found)
        raise problem(
            _("“%(value)s” is not one of the codes.") % {"value": value},
            _("Use one of: %(codes)s.") % {"codes": ", ".join(choices.values)},
        )

    return Annotated[choices, BeforeValidator(parse)]


def count(largest: int):
    """Return the type of a whole number from 0 to ``largest``."""

    def parse(value) -> int:
        text = str(value)
        if text.isdecimal() and text.isascii() and len(text) < 10 and int(text) <= largest:
            return int(text)  # most cells, and read in one way only
        number = _number(text, _("Write digits only, such as 1250, or leave the cell empty."))
        if number is not None and 0 <= number <= largest and number == int(number):
            return int(number)
        raise problem(
            _("“%(value)s” is not a whole number from 0 on.") % {"value": value},
            _("Write digits only, such as 1250, or leave the cell empty."),
        )

    return Annotated[int, BeforeValidator(parse)]


def amount(largest: Decimal, *, places: int = 2):
    """Return the type of an amount above 0 and up to ``largest``, with so many decimals."""

    plain = re.compile(rf"\d{{1,9}}(\.\d{{1,{min(places, 2)}}})?", re.ASCII)

    def parse(value) -> Decimal:
        text = str(value)
        if plain.fullmatch(text) and 0 < Decimal(text) <= largest:
            return Decimal(text)  # most cells, and read in one way only
        remedy = _("Write digits and at most %(places)s decimals, such as 2600.50.")
        number = _number(text, remedy % {"places": places})
        if number is not None and 0 < number <= largest and number == round(number, places):
            return number
        raise problem(
            _("“%(value)s” is not an amount.") % {"value": value}, remedy % {"places": places}
        )

    return Annotated[Decimal, BeforeValidator(parse)]


def _labelled(choices) -> dict[str, str]:
    return {str(label).casefold(): code for code, label in choices.choices}


def _checked_text(value: str, longest: int) -> str:
    if not value.isascii():
        value = value.strip(EDGES)
        if TURNING.search(value):
            raise problem(
                _("This text contains a hidden mark that turns the direction of writing."),
                _("Type it again instead of copying it."),
            )
    if len(value) > longest:
        raise problem(
            _("This text has %(length)s characters.") % {"length": len(value)},
            _("Use at most %(longest)s characters.") % {"longest": longest},
        )
    if CONTROL.search(value):
        raise problem(
            _("This text contains a character that cannot be shown."), _("Type it again.")
        )
    if value[:1] in ("#", "E") and FAILED_FORMULA.fullmatch(value):
        raise problem(
            _("A formula failed here: “%(value)s”.") % {"value": value},
            _("Correct the formula, or type the value itself."),
        )
    return value


def _number(text: str, remedy: str) -> Decimal | None:
    try:
        return habits.number(text, habits.in_force())
    except AmbiguousError as error:
        raise problem(
            _("“%(value)s” can be read in two ways.") % {"value": text},
            _("%(remedy)s Or set the decimal sign in the centre's settings.") % {"remedy": remedy},
        ) from error
    except ValueError:
        return None


def _day(value) -> date:
    text = str(value)
    try:
        return habits.day(text, habits.in_force())
    except AmbiguousError as error:
        raise problem(
            _("The day “%(value)s” can be read in several ways.") % {"value": text},
            _("Write 2026-11-22, or set the order of day and month in the centre's settings."),
        ) from error
    except ValueError as error:
        raise problem(
            _("“%(value)s” is not a date.") % {"value": text},
            _("Write year, month and day, such as 2026-11-22."),
        ) from error


def _yes_or_no(value) -> bool:
    word = western_digits(str(value)).casefold()
    if word in YES or word == _("yes").casefold():
        return True
    if word in NO or word == _("no").casefold():
        return False
    raise problem(_("“%(value)s” is neither yes nor no.") % {"value": value}, _("Write yes or no."))


Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
