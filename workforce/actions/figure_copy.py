"""Writes a confirmed list of figures: copied to a temporary table, then in two statements."""

import re
from collections.abc import Iterable

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from gsp.tenancy.scope import current_tenant
from gsp.uploads.batch import Counts, Finding
from gsp.uploads.purpose import ChangedMeanwhile
from gsp.uploads.staging import Staged
from workforce import rules
from workforce.actions.known import FACTS, KEY, PRINT

# The columns of the temporary table, by their names in the staged list.
STAGED = {
    "country": "country_id text",
    "region": "region text",
    "occupation_id": "occupation_id bigint",
    "year": "year smallint",
    "quarter": "quarter smallint",
    **{name: f"{name} integer" for name in rules.COUNTS},
    "wage": "wage numeric(12, 2)",
    "currency": "currency_id text",
    "source": "source text",
    "seen": "seen text",
}
FREE_TEXT = ("region", "source")
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
SPECIAL = re.compile(r"[\\\t\n\r]")
# A version 7 UUID: the clock's milliseconds in front, so that new rows lie together.
UUID7 = """encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
    FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"""
CREATE = f"CREATE TEMP TABLE figure_list ({', '.join(STAGED.values())}) ON COMMIT DROP"
COPY = "COPY figure_list FROM STDIN (FORMAT text, NULL '')"
INSERT = """
INSERT INTO workforce_figure
    (tenant_id, service_id, is_demonstration, updated_at, uid, region, {columns})
SELECT %s, %s, false, %s, {uid}, coalesce(region, ''), {columns}
FROM figure_list WHERE seen IS NULL
""".format(uid=UUID7, columns=", ".join(name for name in (*KEY, *FACTS) if name != "region"))
UPDATE = """
UPDATE workforce_figure f
SET is_demonstration = false, updated_at = %s, {facts}
FROM figure_list s
WHERE s.seen IS NOT NULL AND f.tenant_id = %s AND f.service_id = %s
    AND f.region = coalesce(s.region, '') AND {key} AND {seen} = s.seen
""".format(
    facts=", ".join(f"{name} = s.{name}" for name in FACTS),
    key=" AND ".join(f"f.{name} = s.{name}" for name in KEY if name != "region"),
    seen=PRINT,
)


def apply(upload, chunks: Iterable[Staged], *, at) -> Counts:
    """Write the new figures and the updated ones of a list; return how many there were.

    Raises:
        ChangedMeanwhile: a new one is there by now, or an updated one says something else.

    """
    owner = current_tenant(), upload.organisation_id
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS figure_list")
        cursor.execute(CREATE)
        new, updated, unchanged = _copy(cursor, chunks)
        try:
            cursor.execute(INSERT, [*owner, at])
        except IntegrityError as error:
            raise _changed() from error
        if updated:
            cursor.execute(UPDATE, [at, *owner])
            if cursor.rowcount != updated:
                raise _changed()
    return Counts(new, updated, unchanged)


def _copy(cursor, chunks: Iterable[Staged]) -> tuple[int, int, int]:
    """Copy what is to be written; return how many rows are new, updated and unchanged."""
    counts = dict.fromkeys(Finding, 0)
    for rows in chunks:  # read from the same connection, so each chunk is a COPY of its own
        found = rows.counts()
        for finding, count in found.items():
            counts[finding] += count
        if found[Finding.NEW] + found[Finding.UPDATED]:
            with cursor.copy(COPY) as copied:
                copied.write(_lines(rows))
    return counts[Finding.NEW], counts[Finding.UPDATED], counts[Finding.UNCHANGED]


def _lines(rows: Staged) -> str:
    columns = [
        _escaped(rows.cells[name]) if name in FREE_TEXT else rows.cells[name] for name in STAGED
    ]
    lines = list(map("\t".join, zip(*columns, strict=True)))
    places = rows.places(Finding.NEW, Finding.UPDATED)
    if len(places) < len(lines):
        lines = [lines[place] for place in places]
    return "\n".join(lines) + "\n"


def _escaped(cells: list[str]) -> list[str]:
    """Return texts as COPY reads them; most lists hold none that it would read otherwise."""
    if SPECIAL.search("".join(cells)):
        return [cell.translate(ESCAPES) for cell in cells]
    return cells


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _("figures of this list were changed by somebody else after the preview."),
        field="state",
        code="changed_meanwhile",
    )
