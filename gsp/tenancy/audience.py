"""Which organisations of a tenant may see or write a row, in words a model declares.

A model says ``audience = ("centre", PARTNERS)`` and ``writers = ("centre",)``. A plain name is a
column that refers to an organisation (``"id"`` on the organisation table itself). Staff of the
agency always see and write; an empty audience means staff only, so forgetting it hides rows.
"""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Rule:
    """An audience that is not a column of the row."""

    name: str


EVERYONE = Rule("everyone in the tenant")
PARTNERS = Rule("organisations that take part in the row's partnership")

Audience = tuple[str | Rule, ...]


def condition(model, audience: Audience, organisation: str, alias: str = "") -> str:
    """Return the SQL condition under which ``organisation`` belongs to the audience.

    ``organisation`` is an SQL expression (a setting in a policy, a number in a query), and
    ``alias`` the quoted alias of the row's table, if any. The condition of an empty audience
    is ``false``.
    """
    parts = [_part(model, entry, organisation, alias) for entry in audience]
    return " OR ".join(parts) or "false"


def _part(model, entry: str | Rule, organisation: str, alias: str) -> str:
    dot = f"{alias}." if alias else ""
    if entry is EVERYONE:
        return "true"
    if entry is PARTNERS:
        column = partnership_column(model)
        table = apps.get_model(settings.TENANCY["participation"])._meta.db_table
        return (
            f'{dot}"{column}" IN '  # noqa: S608  names of our own tables, and a number
            f'(SELECT participation."partnership_id" FROM "{table}" '
            f'AS participation WHERE participation."organisation_id" = {organisation})'
        )
    return f'{dot}"{model._meta.get_field(entry).column}" = {organisation}'


def partnership_column(model) -> str:
    """Return the column that names the row's partnership (its own id on the partnership table)."""
    if model._meta.label == settings.TENANCY["partnership"]:
        return model._meta.pk.column
    return model._meta.get_field("partnership").column
