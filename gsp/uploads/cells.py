"""What one cell of an upload may hold: types for row models, each refusal with its remedy."""

import re
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What a spreadsheet shows, and saves, instead of a long number: 1.23457E+11
MANGLED = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def problem(message: str, remedy: str, *, column: str = "") -> PydanticCustomError:
    """Return the error of a cell; ``column`` where a check of the whole row raises it."""
    context = {"message": message, "remedy": remedy, "column": column}
    return PydanticCustomError("cell", "{message}", context)


def text(longest: int):
    """Return the type of a text of at most ``longest`` characters."""
    return Annotated[str, AfterValidator(lambda value: _checked_text(value, longest))]


def identifier(longest: int):
    """Return the type of a reference or number that a spreadsheet must not have rounded."""
    return Annotated[
        str, AfterValidator(lambda value: _checked_text(_checked_identifier(value), longest))
    ]


def one_of(choices):
    """Return the type of a choice, given by its code or its label in the reader's language."""

    def parse(value):
        found = {str(label).casefold(): code for code, label in choices.choices}
        found |= {code.casefold(): code for code in choices.values}
        if str(value).casefold() in found:
            return choices(found[str(value).casefold()])
        raise problem(
            _("“%(value)s” is not one of the codes.") % {"value": value},
            _("Use one of: %(codes)s.") % {"codes": ", ".join(choices.values)},
        )

    return Annotated[choices, BeforeValidator(parse)]


def _checked_text(value: str, longest: int) -> str:
    if len(value) > longest:
        raise problem(
            _("This text has %(length)s characters.") % {"length": len(value)},
            _("Use at most %(longest)s characters.") % {"longest": longest},
        )
    if CONTROL.search(value):
        raise problem(
            _("This text contains a character that cannot be shown."), _("Type it again.")
        )
    return value


def _checked_identifier(value: str) -> str:
    if MANGLED.fullmatch(value):
        raise problem(
            _("The spreadsheet has rounded this number to “%(value)s”.") % {"value": value},
            _("Format the column as text, type the number again in full and save."),
        )
    return value


def _day(value) -> date:
    try:
        if ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the right shape, but no such day: refused like any other text
    raise problem(
        _("“%(value)s” is not a date.") % {"value": value},
        _("Write year, month and day, such as 2026-11-22."),
    )


def _yes_or_no(value) -> bool:
    word = str(value).casefold()
    if word in {"yes", "true", "1", _("yes").casefold()}:
        return True
    if word in {"no", "false", "0", _("no").casefold()}:
        return False
    raise problem(_("“%(value)s” is neither yes nor no.") % {"value": value}, _("Write yes or no."))


Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
