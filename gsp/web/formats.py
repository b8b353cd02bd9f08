"""Numbers, money, dates and names as the reader's language writes them (Babel, CLDR)."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language

NOTHING = "–"
# Our English is British: 22 Nov 2026, and a clock of 24 hours.
REGIONS = {"en": "en-gb"}


@lru_cache(maxsize=32)
def _locale(language):
    language = REGIONS.get(language, language)
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def locale():
    """The Babel locale of the active language; English where Babel knows none."""
    return _locale(get_language() or "en")


def _decimal(value):
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def number(value, digits=None):
    """Write ``value`` with the language's separators, with ``digits`` decimals if given.

    Nothing, or what is no number, becomes a dash.
    """
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    pattern = None if digits is None else "#,##0" + ("." + "0" * int(digits) if int(digits) else "")
    return format_decimal(amount, format=pattern, locale=locale())


def percent(share, digits=0):
    """Write a share (0.25) as a percentage (25%) with ``digits`` decimals."""
    amount = _decimal(share)
    if amount is None:
        return NOTHING
    places = "." + "0" * int(digits) if int(digits) else ""
    return format_percent(amount, format=f"#,##0{places}%", locale=locale())


def money(amount, currency):
    """Write an amount in an ISO 4217 currency; whole amounts lose their zero cents."""
    value = _decimal(amount)
    if value is None:
        return NOTHING
    pattern, whole = None, value == value.to_integral_value()
    if whole:
        pattern = locale().currency_formats["standard"].pattern.replace("0.00", "0")
    return format_currency(
        value, currency, format=pattern, locale=locale(), currency_digits=not whole
    )


def day(value, length="medium"):
    """Write a date, or a moment as its local date. ``length``: short, medium, long, full."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    return format_date(value, format=length, locale=locale())


def moment(value, length="medium"):
    """Write a moment with its local time to the minute; ``length`` is that of the date."""
    if value is None or value == "":
        return NOTHING
    local, here = _local(value), locale()
    date, time = format_date(local, length, locale=here), format_time(local, "short", locale=here)
    return str(get_datetime_format(length, here)).replace("{1}", date).replace("{0}", time)


def since(value, now):
    """How far ``value`` lies from ``now``, in words: "3 days ago", "in 2 weeks"."""
    return format_timedelta(value - now, add_direction=True, locale=locale())


def _local(value):
    return timezone.localtime(value) if timezone.is_aware(value) else value


def country_name(code):
    """The country's name in the reader's language; an unknown code stays as it is."""
    return locale().territories.get(str(code).upper(), str(code))


def language_name(code):
    """The language's name in the reader's language; an unknown code stays as it is."""
    return locale().languages.get(str(code).lower().replace("-", "_"), str(code))
