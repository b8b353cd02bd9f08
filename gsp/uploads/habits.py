"""Reads days and numbers the way a centre writes them, and never guesses between two ways."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from gsp.uploads.formats.numbers import day_text
from gsp.uploads.sheet import Reading

_in_force: ContextVar[Reading] = ContextVar("reading")
UNDECIDED = Reading()

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
WRITTEN_DAY = re.compile(r"(\d{1,4})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{1,4})\.?", re.ASCII)
SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'’\u066c](?=\d{3})")
NUMBERS = {
    ".": re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII),
    ",": re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?", re.ASCII),
}
WITHOUT_GROUPS = {".": str.maketrans("", "", ","), ",": str.maketrans(",", ".", ".")}
DIGITS = {
    ord(zero) + place: str(place)
    for zero in "\u0660\u06f0\u0966\uff10"  # Arabic, Persian, Devanagari, full width
    for place in range(10)
}


class AmbiguousError(ValueError):
    """A text can be read in two ways, and the centre has not said which is its own."""


@contextmanager
def habits(reading: Reading) -> Iterator[None]:
    """Put a way of reading in force for the cell types, in this thread, until the block ends."""
    token = _in_force.set(reading)
    try:
        yield
    finally:
        _in_force.reset(token)


def in_force() -> Reading:
    """Return the way of reading in force."""
    return _in_force.get(UNDECIDED)


def western_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0 to 9."""
    return text if text.isascii() else text.translate(DIGITS)


def day(text: str, reading: Reading) -> date:
    """Return the day that a text means.

    Year, month and day with hyphens is understood everywhere; a number of five digits where the
    file is a workbook that counts days; other orders only where the centre has set its own.

    Raises:
        AmbiguousError: a day in an order that the centre has not set.
        ValueError: no day.

    """
    text = western_digits(text)
    if found := ISO_DAY.fullmatch(text):
        return date(*map(int, found.groups()))
    if reading.date_system and SERIAL.fullmatch(text):
        return date.fromisoformat(day_text(reading.date_system, str)(text)[:10])
    found = WRITTEN_DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if not reading.date_order:
        raise AmbiguousError(text)
    parts = dict(zip(reading.date_order, found.groups(), strict=True))
    if len(parts["y"]) != 4 or len(parts["d"]) > 2:
        raise ValueError(text)
    return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))


def number(text: str, reading: Reading) -> Decimal:
    """Return the number that a text means, with a decimal point or comma and groups of three.

    The centre's own way goes first; the other is understood where only it makes sense.

    Raises:
        AmbiguousError: 1,234 and 1.234, where the centre has not set its decimal sign.
        ValueError: no number.

    """
    text = SPACES.sub("", western_digits(text)).replace("\u066b", reading.decimal or ".")
    text = text.replace("\u2212", "-")
    found = {
        sign: Decimal(text.translate(WITHOUT_GROUPS[sign]))
        for sign, pattern in NUMBERS.items()
        if pattern.fullmatch(text)
    }
    if not found:
        raise ValueError(text)
    if reading.decimal in found:
        return found[reading.decimal]
    if len({*found.values()}) > 1:
        raise AmbiguousError(text)
    return next(iter(found.values()))
