"""The columns of an upload of workforce figures, and the workbook to fill in."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BeforeValidator

from catalogue.models import Currency
from gsp.uploads.cells import identifier, problem, text
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import Column, workbook

LARGEST = 2_147_483_647
LARGEST_WAGE = Decimal("9999999999.99")


def _count(value) -> int:
    plain = str(value).removesuffix(".0")
    if plain.isascii() and plain.isdigit() and int(plain) <= LARGEST:
        return int(plain)
    raise problem(
        _("“%(value)s” is not a whole number from 0 on.") % {"value": value},
        _("Write digits only, such as 1250, or leave the cell empty."),
    )


def _amount(value) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(-1)
    if amount.is_finite() and 0 < amount <= LARGEST_WAGE and amount == round(amount, 2):
        return amount
    raise problem(
        _("“%(value)s” is not an amount.") % {"value": value},
        _("Write digits, a point and at most two decimals, such as 2600.50."),
    )


Count = Annotated[int, BeforeValidator(_count)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]


class FigureRow(UploadRow):
    """One quarter of one occupation."""

    country: text(2)
    region: text(80) = ""
    occupation: identifier(4)
    year: Count
    quarter: Count
    employed: Count | None = None
    unemployed: Count | None = None
    vacancies: Count | None = None
    graduates: Count | None = None
    wage: Amount | None = None
    currency: text(3) = ""
    source: text(200)


def template() -> bytes:
    """Return the XLSX workbook that a service fills in."""
    currencies = tuple(
        (one.code, one.name) for one in Currency.objects.order_by("code").only("code", "name")
    )
    columns = [
        Column("country", _("Two capital letters, such as DE or XK"), is_required=True),
        Column("region", _("Empty for the whole country")),
        Column("occupation", _("ISCO-08 code of four digits, such as 7112"), is_required=True),
        Column("year", _("Such as 2026"), is_required=True),
        Column("quarter", _("1 to 4"), is_required=True),
        Column("employed", _("People at work in the occupation")),
        Column("unemployed", _("People without work who seek it in the occupation")),
        Column("vacancies", _("Open positions")),
        Column("graduates", _("People who finished training in the quarter")),
        Column("wage", _("Median monthly wage before tax, such as 2600.50")),
        Column("currency", _("ISO 4217, such as EUR; needed with a wage"), codes=currencies),
        Column("source", _("Such as: labour force survey"), is_required=True, width=32),
    ]
    return workbook(columns, title=_("Workforce figures"))
