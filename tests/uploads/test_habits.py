"""Days and numbers are read the centre's way, and never guessed between two ways."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsp.uploads.formats.numbers import is_date_format, number_text
from gsp.uploads.habits import AmbiguousError, day, habits, in_force, number
from gsp.uploads.sheet import Reading

UNSAID = Reading()


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-11-22", "", date(2026, 11, 22)),
        ("2026-11-22", "dmy", date(2026, 11, 22)),
        ("2026-11-22 00:00:00", "", date(2026, 11, 22)),
        ("2026-11-22T00:00", "", date(2026, 11, 22)),
        ("٢٠٢٦-١١-٢٢", "", date(2026, 11, 22)),
        ("3/4/2026", "dmy", date(2026, 4, 3)),
        ("3/4/2026", "mdy", date(2026, 3, 4)),
        ("2026/4/3", "ymd", date(2026, 4, 3)),
        ("22.11.2026.", "dmy", date(2026, 11, 22)),
        ("22 - 11 - 2026", "dmy", date(2026, 11, 22)),
        ("٣/٤/٢٠٢٦", "dmy", date(2026, 4, 3)),
    ],
)
def test_day_is_read(text, order, expected):
    assert day(text, Reading(date_order=order)) == expected


@pytest.mark.parametrize("text", ["3/4/2026", "31/12/2026", "2026/4/3", "3-4-2026"])
def test_other_orders_are_ambiguous_until_the_centre_has_said(text):
    with pytest.raises(AmbiguousError):
        day(text, UNSAID)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("12/31/2026", "dmy"),
        ("3/4/26", "dmy"),
        ("2026-02-30", ""),
        ("2026-11-22 10:30", ""),
        ("20261122", ""),
        ("46348", ""),
        ("tomorrow", "dmy"),
        ("", ""),
    ],
)
def test_no_day_is_refused(text, order):
    with pytest.raises(ValueError, match=r".*") as refusal:
        day(text, Reading(date_order=order))
    assert type(refusal.value) is not AmbiguousError


@pytest.mark.parametrize(
    ("system", "expected"), [(1900, date(2026, 11, 22)), (1904, date(2030, 11, 23))]
)
def test_number_is_a_day_only_in_a_workbook_that_counts_them(system, expected):
    assert day("46348", Reading(date_system=system)) == expected


@pytest.mark.parametrize(
    ("text", "unsaid", "point", "comma"),
    [
        ("1250", "1250", "1250", "1250"),
        ("1 250", "1250", "1250", "1250"),
        ("1\u202f250,5", "1250.5", "1250.5", "1250.5"),
        ("1'250.50", "1250.50", "1250.50", "1250.50"),
        ("1,234", None, "1234", "1.234"),
        ("1.234", None, "1.234", "1234"),
        ("0.123", "0.123", "0.123", "0.123"),
        ("1.234,5", "1234.5", "1234.5", "1234.5"),
        ("1,234,567", "1234567", "1234567", "1234567"),
        ("1234,567", "1234.567", "1234.567", "1234.567"),
        ("\u22125", "-5", "-5", "-5"),
        ("٢٦٠٠٫٥", "2600.5", "2600.5", "2600.5"),
    ],
)
def test_number_is_read(text, unsaid, point, comma):
    if unsaid is None:
        with pytest.raises(AmbiguousError):
            number(text, UNSAID)
    else:
        assert number(text, UNSAID) == Decimal(unsaid)
    assert number(text, Reading(decimal=".")) == Decimal(point)
    assert number(text, Reading(decimal=",")) == Decimal(comma)


@pytest.mark.parametrize("text", ["", "1,23,4", "1e5", "12,34.5", "1,", "NaN", "1.2.3", "--5"])
def test_no_number_is_refused(text):
    for sign in ("", ".", ","):
        with pytest.raises(ValueError, match=r".*") as refusal:
            number(text, Reading(decimal=sign))
        assert type(refusal.value) is not AmbiguousError


@given(st.integers(-(10**11), 10**11), st.sampled_from(["", ".", ","]))
def test_number_of_a_workbook_is_read_back_under_every_habit(thousandths, sign):
    value = thousandths / 1000
    text = number_text(sign)(repr(value))
    assert number(text, Reading(decimal=sign)) == Decimal(thousandths) / 1000


def test_habits_hold_inside_the_block_only():
    with habits(Reading(decimal=",")):
        assert in_force().decimal == ","
    assert in_force() == UNSAID


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-409]d-mmm-yy;@", True),
        ("[h]:mm:ss", True),
        ('yyyy"年"m"月"', True),
        ("General", False),
        ("0.00E+00", False),
        ('#,##0 "days"', False),
        ("[Red]-0.00", False),
        ("_-* #,##0_d_-", False),
        ("0;dd", False),
    ],
)
def test_format_of_days_is_told_from_others(code, is_date):
    assert is_date_format(code) is is_date
