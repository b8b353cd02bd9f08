"""What workforce figures must satisfy; these read and refuse, they never write."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue.models import Country, Currency, Occupation
from gsp.uploads.rows import RowError, RowsRefused
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.roles import Permission
from partnerships.rules import may_act_for

COUNTS = ("employed", "unemployed", "vacancies", "graduates")
FIRST_YEAR = 1990
Numbered = list[tuple[int, dict]]


def may_send_for(service, by) -> None:
    """Allow the employment service itself and the agency's staff.

    Raises:
        NotAllowed: the permission is missing, or ``by`` belongs to another organisation.
        Refused: the organisation is not an employment service.

    """
    may_act_for(service.pk, Permission.SEND_WORKFORCE, by)
    if service.kind != Organisation.Kind.EMPLOYMENT_SERVICE:
        raise Refused(
            _("“%(name)s” is not an employment service.") % {"name": service},
            field="service",
            code="not_a_service",
        )


def resolved(rows: Numbered, today) -> list[dict]:
    """Return the rows with their catalogue entries, in the given order.

    Each row is a dictionary with ``country``, ``occupation`` (ISCO-08 code of four digits),
    ``year``, ``quarter``, ``source`` and any of ``region``, the four counts, ``wage`` and
    ``currency``.

    Raises:
        RowsRefused: with every error of every row.

    """
    groups = _entries(Occupation.objects.current().unit_groups(), "isco_code", rows, "occupation")
    countries = _entries(Country.objects.all(), "pk", rows, "country")
    currencies = _entries(Currency.objects.all(), "pk", rows, "currency")
    errors, seen, found = [], {}, []
    for number, row in rows:
        errors += _codes(number, row, groups, countries, currencies)
        errors += _facts(number, row, today)
        errors += _twice(number, row, seen)
        found.append(
            {
                "region": "",
                **row,
                "occupation": groups.get(row["occupation"]),
                "country": countries.get(row["country"]),
                "currency": currencies.get(row.get("currency") or ""),
            }
        )
    if errors:
        raise RowsRefused(errors)
    return found


def _entries(entries, key: str, rows: Numbered, column: str) -> dict:
    wanted = {row.get(column) for _number, row in rows} - {None, ""}
    return {getattr(one, key): one for one in entries.filter(**{f"{key}__in": wanted})}


def _codes(number, row, groups, countries, currencies) -> Iterator[RowError]:
    if row["occupation"] not in groups:
        yield RowError(
            number,
            "occupation",
            row["occupation"],
            _("There is no ISCO-08 unit group “%(code)s”.") % {"code": row["occupation"]},
            _("Give a code of four digits, such as 7112."),
        )
    if row["country"] not in countries:
        yield RowError(
            number,
            "country",
            row["country"],
            _("There is no country “%(code)s”.") % {"code": row["country"]},
            _("Give two capital letters, such as DE or XK."),
        )
    currency = row.get("currency") or ""
    if currency and currency not in currencies:
        yield RowError(
            number,
            "currency",
            currency,
            _("There is no currency “%(code)s”.") % {"code": currency},
            _("Give a code of ISO 4217, such as EUR."),
        )


def _facts(number, row, today) -> Iterator[RowError]:
    year, quarter = row["year"], row["quarter"]
    if quarter not in (1, 2, 3, 4):
        yield RowError(
            number, "quarter", str(quarter), _("Quarters go from 1 to 4."), _("Give 1, 2, 3 or 4.")
        )
    elif not year >= FIRST_YEAR or (year, quarter) > (today.year, (today.month + 2) // 3):
        yield RowError(
            number,
            "year",
            f"{year}-Q{quarter}",
            _("This quarter lies in the future, or before %(first)s.") % {"first": FIRST_YEAR},
            _("Send figures of quarters that have begun."),
        )
    yield from _amounts(number, row)
    if not (row.get("source") or "").strip():
        yield RowError(
            number, "source", "", _("The source is missing."), _("Say where the figures come from.")
        )


def _amounts(number, row) -> Iterator[RowError]:
    for name in COUNTS:
        if (row.get(name) or 0) < 0:
            yield RowError(
                number, name, str(row[name]), _("A count is not negative."), _("Give 0 or more.")
            )
    wage = row.get("wage")
    if wage is not None and wage <= 0:
        yield RowError(
            number, "wage", str(wage), _("A wage is more than nothing."), _("Leave it empty.")
        )
    if (wage is None) != (not row.get("currency")):
        yield RowError(
            number,
            "wage" if wage is None else "currency",
            "",
            _("A wage needs its currency."),
            _("Give both, or neither."),
        )
    if wage is None and all(row.get(name) is None for name in COUNTS):
        yield RowError(
            number, "employed", "", _("There is no figure in this row."), _("Give at least one.")
        )


def _twice(number, row, seen: dict) -> Iterator[RowError]:
    key = (row["country"], row.get("region", ""), row["occupation"], row["year"], row["quarter"])
    if key in seen:
        yield RowError(
            number,
            "occupation",
            row["occupation"],
            _("The same quarter of the same occupation stands in row %(row)s.")
            % {"row": seen[key]},
            _("Keep one of the two."),
        )
    seen.setdefault(key, number)
