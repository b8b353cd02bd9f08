"""The letters of a spreadsheet's columns."""

from gsp.uploads.formats.limits import MOST_CELLS
from gsp.uploads.formats.refusals import broken, too_large


def number_of(column: str) -> int:
    """Return the number of a column from its letters: A is 1.

    Raises:
        Unreadable: these are not the letters of a column, or of one beyond all.

    """
    number = 0
    for letter in column:
        if not "A" <= letter <= "Z":
            raise broken()
        number = number * 26 + ord(letter) - 64
        if number > MOST_CELLS:
            raise too_large()
    return number


def letters(number: int) -> str:
    """Return the letters of a column from its number: 1 is A."""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(65 + letter) + text
    return text
