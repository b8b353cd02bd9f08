"""The order of a call in SQL: what counts of the scores, who is fully scored, who is ahead."""

from contextlib import contextmanager

from django.db import connection

from selection.models import Call

# Per application and criterion: how many scored, the value that counts, whether it is enough.
# Two scorers further apart than the tolerance need a third; the middle of all values counts.
VALUED = """
    SELECT s.application_id, s.criterion_id,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY s.value) AS value,
           count(*) >= c.scorers
               AND NOT (count(*) = 2 AND max(s.value) - min(s.value) > coalesce(c.tolerance, 32767))
               AS is_enough
    FROM selection_score AS s JOIN selection_call AS c ON c.id = s.call_id
    WHERE s.tenant_id = %(tenant)s AND s.call_id = %(call)s
          AND s.application_id = coalesce(%(application)s::bigint, s.application_id)
    GROUP BY s.application_id, s.criterion_id, c.scorers, c.tolerance
"""
COMPLETE = f"""
    WITH valued AS ({VALUED})
    SELECT application_id FROM valued GROUP BY application_id
    HAVING count(*) FILTER (WHERE is_enough) =
        (SELECT count(*) FROM selection_criterion
         WHERE tenant_id = %(tenant)s AND call_id = %(call)s)
"""  # noqa: S608  only our own text is put together


ENOUGH = f"""
    SELECT application_id FROM ({VALUED}) AS valued
    WHERE is_enough AND criterion_id = ANY(%(criteria)s)
    GROUP BY application_id HAVING count(*) = %(wanted)s
"""  # noqa: S608  only our own text is put together
# The order of the assessed. Ties: the criteria in their order, then the earlier submission, then
# the lot, which anybody can repeat: MD5 of the call's seed followed by the application's uid.
RANKED = f"""
    valued AS ({VALUED}), totals AS (
        SELECT v.application_id,
               round((100 * sum(k.weight * v.value / k.scale) / sum(k.weight))::numeric, 4)
                   AS total,
               array_agg(v.value ORDER BY k.position) AS in_order
        FROM valued AS v JOIN selection_criterion AS k ON k.id = v.criterion_id
        GROUP BY v.application_id
    ), ranked AS (
        SELECT a.id, t.total, a.track,
               row_number() OVER (
                   PARTITION BY CASE WHEN %(split)s THEN a.track ELSE '' END
                   ORDER BY t.total DESC, t.in_order DESC, a.submitted_at,
                            md5(%(seed)s || a.uid::text)
               ) AS place
        FROM selection_application AS a JOIN totals AS t ON t.application_id = a.id
        WHERE a.tenant_id = %(tenant)s AND a.call_id = %(call)s AND a.state = 'assessed'
    )
"""  # noqa: S608  only our own text is put together


def names_of(call: Call) -> dict:
    """Return what every query about a call needs."""
    return {"tenant": call.tenant_id, "call": call.pk, "application": None}


def order_of(call: Call) -> dict:
    """Return what ``RANKED`` needs beyond that."""
    return {"split": call.is_split, "seed": call.seed}


@contextmanager
def hashed_joins(cursor):
    """Forbid nested loops for a while.

    Right after a list of ten thousand came in, PostgreSQL still counts with a handful of rows, and
    would compare each with each.
    """
    cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
    yield
    cursor.execute("SELECT set_config('enable_nestloop', 'on', true)")


def rows_of(sql: str, call: Call, **values) -> list[tuple]:
    """Return the rows of a query about one call, or about one ``application`` of it."""
    with connection.cursor() as cursor, hashed_joins(cursor):
        cursor.execute(sql, names_of(call) | values)
        return cursor.fetchall()


def fully_scored(call: Call, *, application: int | None = None) -> set[int]:
    """Return the ids of applications whose every criterion has the scores it needs."""
    return {pk for (pk,) in rows_of(COMPLETE, call, application=application)}
