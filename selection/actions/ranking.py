"""The order of a call, written down: total and rank of every assessed application."""

from django.db import connection

from selection.queries.order import RANKED, hashed_joins, names_of, order_of

WRITTEN = f"""
    WITH {RANKED}
    UPDATE selection_application AS a SET total = ranked.total, rank = ranked.place
    FROM ranked WHERE a.id = ranked.id
"""  # noqa: S608  only our own text is put together


def rank(call) -> int:
    """Write total (0 to 100) and rank of every assessed application; return how many there are.

    Where home and away have places of their own, each track has its own order.
    """
    with connection.cursor() as cursor, hashed_joins(cursor):
        cursor.execute(WRITTEN, names_of(call) | order_of(call))
        ranked = cursor.rowcount
    return ranked
