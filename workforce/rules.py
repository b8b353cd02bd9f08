"""What workforce figures must satisfy; these read and refuse, they never write."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue.models import Country, Currency, Occupation
from gsp.uploads.rows import RowError, RowsRefused
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.roles import Permission
from partnerships.rules import may_act_for

COUNTS = (
    "employed",
    "unemployed",
    "vacancies",
    "vacancy_days",
    "filled_vacancies",
    "closed_vacancies",
    "qualified_applicants",
    "suitable_applicants",
    "graduates",
    "exits",
)
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
    ``year``, ``quarter``, ``source`` and any of ``region``, the counts, ``wage`` and
    ``currency``.

    Raises:
        RowsRefused: with every error of every row.

    """
    groups = _entries(Occupation.objects.current().unit_groups(), "isco_code", rows, "occupation")
    countries = _entries(Country.objects.all(), "pk", rows, "country")
    currencies = _entries(Currency.objects.all(), "pk", rows, "currency")
    errors, seen, found = [], {}, []
    for number, row in rows:
        errors += _codes(number, row, occupation=groups, country=countries, currency=currencies)
        errors += facts(number, row, today)
        errors += twice(number, row, seen)
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


def not_in_force(column: str, code: str) -> tuple[str, str]:
    """Return what is wrong with a code that the catalogue does not have, and the remedy."""
    words = {
        "occupation": (
            _("There is no ISCO-08 unit group “%(code)s”."),
            _("Give a code of four digits, such as 7112."),
        ),
        "country": (
            _("There is no country “%(code)s”."),
            _("Give two capital letters, such as DE or XK."),
        ),
        "currency": (
            _("There is no currency “%(code)s”."),
            _("Give a code of ISO 4217, such as EUR."),
        ),
    }
    message, remedy = words[column]
    return message % {"code": code}, remedy


def _codes(number, row, **entries) -> Iterator[RowError]:
    for column, known in entries.items():
        code = row.get(column) or ""
        if code not in known and (code or column != "currency"):
            yield RowError(number, column, code, *not_in_force(column, code))


def is_reportable(year: int, quarter: int, today) -> bool:
    """Tell whether there may be figures of a quarter: it has begun, and not too long ago."""
    return (FIRST_YEAR, 1) <= (year, quarter) <= (today.year, (today.month + 2) // 3)


def facts(number, row, today) -> Iterator[RowError]:
    """Yield what is wrong with a row whose cells are right one by one."""
    year, quarter = row["year"], row["quarter"]
    if quarter not in (1, 2, 3, 4):
        yield RowError(
            number, "quarter", str(quarter), _("Quarters go from 1 to 4."), _("Give 1, 2, 3 or 4.")
        )
    elif not is_reportable(year, quarter, today):
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


def key_of(row: dict) -> tuple:
    """Return what there is one figure of."""
    return tuple(
        row.get(name, "") for name in ("country", "region", "occupation", "year", "quarter")
    )


def twice(number, row, seen: dict) -> Iterator[RowError]:
    """Yield the error of a row whose quarter was seen; ``seen`` remembers the first of each."""
    key = key_of(row)
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
