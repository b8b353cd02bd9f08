"""Recognises numbers and references that a spreadsheet has changed on its own."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from gsp.uploads.habits import ISO_DAY
from gsp.uploads.problems import problem

# What a spreadsheet shows, and saves, instead of a long number: 1.23457E+11
SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]\d+")
KEPT_DIGITS = 15  # a spreadsheet turns every further digit into a zero
ROUNDED = re.compile(r"\d{15}0{3,}", re.ASCII)
# A formula that people write to keep the zeros in front: ="007"
WRAPPED = re.compile(r'="([^"]*)"')
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile("[\u00a0\u2007\u202f]")


def cleaned(text: str) -> str:
    """Return a reference without characters nobody sees and without the wrapping of a formula."""
    if not text.isascii():
        text = SPACES.sub(" ", INVISIBLE.sub("", text)).strip()
    wrapped = WRAPPED.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


def check_unchanged(text: str) -> None:
    """Refuse a reference that a spreadsheet has rounded or taken for a day.

    Raises:
        PydanticCustomError: with the remedy.

    """
    if SCIENTIFIC.fullmatch(text) or ROUNDED.fullmatch(text):
        raise problem(
            _("The spreadsheet has rounded this number to “%(value)s”.") % {"value": text},
            _("Format the column as text, type the number again in full and save."),
        )
    if ISO_DAY.fullmatch(text):
        raise problem(
            _("The spreadsheet has taken this for a day: “%(value)s”.") % {"value": text},
            _("Format the column as text, type it again and save."),
        )


class FixedWidth:
    """Notices that the numbers of a column have one width, and that some lost their zeros.

    Show it every different text of the column once, then ask for ``width``.
    """

    def __init__(self):
        self.widths: Counter[int] = Counter()
        self.zero_led: set[int] = set()

    def see(self, text: str) -> None:
        """Take a text of the column into account."""
        if text.isdecimal() and text.isascii():
            self.widths[len(text)] += 1
            if text[0] == "0" and len(text) > 1:
                self.zero_led.add(len(text))

    @property
    def width(self) -> int:
        """The width that shorter numbers of the column have lost; 0 where nothing was lost.

        It takes two numbers of the full width, one of them with a zero in front, none longer.
        """
        if len(self.zero_led) != 1:
            return 0
        (width,) = self.zero_led
        is_fixed = max(self.widths) == width and self.widths[width] > 1
        return width if is_fixed and min(self.widths) < width else 0


def check_width(text: str, width: int) -> None:
    """Refuse a number shorter than the fixed ``width`` of its column.

    Raises:
        PydanticCustomError: with the remedy.

    """
    if len(text) < width and text.isdecimal() and text.isascii():
        raise problem(
            _("“%(value)s” has lost the zeros in front: the others here have %(width)s digits.")
            % {"value": text, "width": width},
            _("Format the column as text, type the number again with its zeros and save."),
        )
