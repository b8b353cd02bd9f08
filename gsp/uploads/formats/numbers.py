"""Numbers and days of a workbook as the text a reader would see."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite

LAST_SERIAL = {1900: 2_958_465, 1904: 2_957_003}  # 31 December 9999
LEAP_DAY_THAT_NEVER_WAS = 60  # 29 February 1900, which spreadsheets count
MIDNIGHT = "T00:00:00"
SIMPLE = re.compile(r"-?(?:0|[1-9]\d{0,8})\.\d{0,4}[1-9]", re.ASCII)  # written as it is

# Number formats that show days or times without saying how
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
NOT_A_DATE_PART = re.compile(r'"[^"]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]|general', re.I)


def is_date_format(code: str) -> bool:
    """Return whether a number format shows a day or a time."""
    return bool(re.search("[dmyhs]", NOT_A_DATE_PART.sub("", code.partition(";")[0]), re.I))


def number_text(sign: str) -> Callable[[str], str]:
    """Return the writer of numbers for a centre whose decimal sign is ``sign``.

    Fifteen digits are what a spreadsheet keeps; a longer number shows as 1.23E+15, which is
    refused later wherever digits matter. Where no sign is set, three decimals are written as four:
    1.234 could be taken for a thousand.
    """

    def write(value: str) -> str:
        digits = value if SIMPLE.fullmatch(value) else _fifteen_digits(value)
        if sign == ",":
            return digits.replace(".", ",")
        return f"{digits}0" if not sign and digits[-4:-3] == "." else digits

    return write


def _fifteen_digits(value: str) -> str:
    number = float(value)
    if not isfinite(number):
        return value
    digits = f"{number:.15g}"
    return f"{Decimal(digits):f}" if "e" in digits and abs(number) < 1 else digits


def day_text(system: int, otherwise: Callable[[str], str]) -> Callable[[str], str]:
    """Return the writer of days, in ISO form, for a workbook that counts from ``system``.

    What is no day of the calendar is written by ``otherwise``.
    """
    epoch = datetime(1904, 1, 1) if system == 1904 else datetime(1899, 12, 30)

    def write(value: str) -> str:
        serial = float(value)
        if not 0 <= serial < LAST_SERIAL[system] + 1:
            return otherwise(value)
        if system == 1900 and serial < LEAP_DAY_THAT_NEVER_WAS + 1:
            if serial >= LEAP_DAY_THAT_NEVER_WAS:
                return "1900-02-29"
            serial += 1 if serial >= 1 else 0
        moment = epoch + timedelta(seconds=round(serial * 86_400))
        if serial < 1 and system == 1900:
            return moment.time().isoformat()
        return moment.isoformat().removesuffix(MIDNIGHT)

    return write
