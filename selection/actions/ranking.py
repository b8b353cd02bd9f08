"""The order of a call: scores weighted and summed, ties broken in documented order, in SQL.

Ties: the criteria in their order, then the earlier submission, then the lot, which anybody can
repeat: MD5 of the call's recorded seed followed by the application's identifier.
"""

from django.db import connection

from selection.queries import VALUED

RANKED = f"""
    WITH valued AS ({VALUED}), totals AS (
        SELECT v.application_id,
               round((100 * sum(k.weight * v.value / k.scale) / sum(k.weight))::numeric, 4)
                   AS total,
               array_agg(v.value ORDER BY k.position) AS in_order
        FROM valued AS v JOIN selection_criterion AS k ON k.id = v.criterion_id
        GROUP BY v.application_id
    ), ranked AS (
        SELECT a.id, t.total,
               row_number() OVER (
                   PARTITION BY CASE WHEN %(split)s THEN a.track ELSE '' END
                   ORDER BY t.total DESC, t.in_order DESC, a.submitted_at,
                            md5(%(seed)s || a.uid::text)
               ) AS place
        FROM selection_application AS a JOIN totals AS t ON t.application_id = a.id
        WHERE a.tenant_id = %(tenant)s AND a.call_id = %(call)s AND a.state = 'assessed'
    )
    UPDATE selection_application AS a SET total = ranked.total, rank = ranked.place
    FROM ranked WHERE a.id = ranked.id
"""  # noqa: S608  only our own text is put together


def rank(call) -> int:
    """Write total (0 to 100) and rank of every assessed application; return how many there are.

    Where home and away have places of their own, each track has its own order.
    """
    values = {
        "tenant": call.tenant_id,
        "call": call.pk,
        "application": None,
        "split": call.is_split,
        "seed": call.seed,
    }
    with connection.cursor() as cursor:
        cursor.execute(RANKED, values)
        return cursor.rowcount
