"""What is in force and known while a list of figures is examined or applied."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from catalogue.models import Country, Currency, Occupation
from gsp.tenancy.scope import current_tenant
from workforce import rules
from workforce.models import Figure

KEY = ("country_id", "region", "occupation_id", "year", "quarter")
FACTS = (*rules.COUNTS, "wage", "currency_id", "source")
# The facts of a figure as one short text: what the preview saw must still stand when it is applied.
PRINT = "md5(ROW({})::text)".format(", ".join(f"f.{name}" for name in FACTS))


@dataclass
class Codes:
    """The codes in force, by the column they stand in, and the figures met so far.

    ``occupation`` maps each ISCO-08 unit group to its id; ``seen`` each key to its row, and
    ``prints`` holds, of the batch that was compared last, the prints of what is known.
    """

    service: object
    today: date
    occupation: dict[str, int]
    country: frozenset[str]
    currency: frozenset[str]
    has_known: bool
    seen: dict[tuple, int] = field(default_factory=dict)
    prints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, service, today: date) -> "Codes":
        """Read them in four queries."""
        groups = Occupation.objects.current().unit_groups()
        return cls(
            service,
            today,
            dict(groups.values_list("isco_code", "pk")),
            frozenset(Country.objects.values_list("pk", flat=True)),
            frozenset(Currency.objects.values_list("pk", flat=True)),
            Figure.objects.filter(service=service).exists(),
        )

    def known(self, keys: list[tuple]) -> dict[tuple, tuple]:
        """Return the print and the facts of the figures of the service that have these keys."""
        if not self.has_known:
            return {}
        columns = [list(column) for column in zip(*keys, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [*columns, current_tenant(), self.service.pk])
            width = len(KEY)
            return {row[:width]: row[width:] for row in cursor.fetchall()}


KNOWN = """
SELECT {key}, {print}, {facts}
FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::int[], %s::int[])
    AS k (country_id, region, occupation_id, year, quarter)
JOIN workforce_figure f ON ({matched})
WHERE f.tenant_id = %s AND f.service_id = %s
""".format(
    key=", ".join(f"f.{name}" for name in KEY),
    print=PRINT,
    facts=", ".join(f"f.{name}" for name in FACTS),
    matched=" AND ".join(f"f.{name} = k.{name}" for name in KEY),
)
