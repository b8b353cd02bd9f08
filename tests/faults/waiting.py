"""Who waits for whom in the database of the tests."""

from django.db import connection


def waiting() -> list[int]:
    """Return the database's processes that wait for a row that another transaction holds."""
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL would show the same picture again and again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [row[0] for row in cursor.fetchall()]
