"""The columns of an upload of workforce figures, and the workbook to fill in."""

from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from pydantic import ValidationInfo, field_validator

from catalogue.models import Currency
from gsp.uploads.cells import amount, count, identifier, problem, text
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import Column, workbook
from workforce import rules
from workforce.headings import HEADINGS

LARGEST = 2_147_483_647
LARGEST_WAGE = Decimal("9999999999.99")


Count = count(LARGEST)
Amount = amount(LARGEST_WAGE)


class FigureRow(UploadRow):
    """One quarter of one occupation; its validators ask ``workforce.actions.known.Codes``."""

    headings: ClassVar = HEADINGS

    country: text(2)
    region: text(80) = ""
    occupation: identifier(4)
    year: Count
    quarter: Count
    employed: Count | None = None
    unemployed: Count | None = None
    vacancies: Count | None = None
    vacancy_days: Count | None = None
    filled_vacancies: Count | None = None
    closed_vacancies: Count | None = None
    qualified_applicants: Count | None = None
    suitable_applicants: Count | None = None
    graduates: Count | None = None
    exits: Count | None = None
    wage: Amount | None = None
    currency: text(3) = ""
    source: text(200)

    @field_validator("country", "occupation", "currency", mode="after")
    @classmethod
    def _in_force(cls, value: str, info: ValidationInfo) -> str:
        if value not in getattr(info.context, info.field_name):
            raise problem(*rules.not_in_force(info.field_name, value))
        return value


def template() -> bytes:
    """Return the XLSX workbook that a service fills in."""
    currencies = tuple(
        (one.code, one.name) for one in Currency.objects.order_by("code").only("code", "name")
    )
    hints, codes = _hints(), {"currency": currencies}
    columns = [
        Column(
            name,
            hints[name],
            is_required=field.is_required(),
            codes=codes.get(name, ()),
            width=32 if name == "source" else 18,
        )
        for name, field in FigureRow.model_fields.items()
    ]
    return workbook(columns, title=_("Workforce figures"))


def _hints() -> dict[str, str]:
    return {
        "country": _("Two capital letters, such as DE or XK"),
        "region": _("Empty for the whole country"),
        "occupation": _("ISCO-08 code of four digits, such as 7112"),
        "year": _("Such as 2026"),
        "quarter": _("1 to 4"),
        "employed": _("People at work in the occupation"),
        "unemployed": _("People without work who seek it in the occupation"),
        "vacancies": _("Open positions"),
        "vacancy_days": _("Days that open positions have stood open, on average"),
        "filled_vacancies": _("Positions filled in the quarter"),
        "closed_vacancies": _("Positions closed in the quarter without being filled"),
        "qualified_applicants": _("Applicants with the qualification asked for"),
        "suitable_applicants": _("Applicants whom employers found suitable"),
        "graduates": _("People who finished training in the quarter"),
        "exits": _("People who left the occupation in the quarter"),
        "wage": _("Median monthly wage before tax, such as 2600.50"),
        "currency": _("ISO 4217, such as EUR; needed with a wage"),
        "source": _("Such as: labour force survey"),
    }
