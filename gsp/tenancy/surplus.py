"""Keys and indexes that Django makes and that others already imply: each costs on every write."""

from gsp.tenancy.models import TenantKey

# The plain key of a column, as Django makes it.
PLAIN_KEYS = """
SELECT c.conname FROM pg_constraint c JOIN pg_attribute a
    ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
WHERE c.conrelid = %s::regclass AND c.contype = 'f' AND a.attname = 'tenant_id'
"""
# Indexes of one column that serve no constraint.
SINGLE_INDEXES = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND i.indnkeyatts = 1 AND NOT i.indisunique
"""


def is_tenant_implied(model, above: tuple = ()) -> bool:
    """Tell whether a row cannot but belong to a tenant that exists, without a key that says so.

    It is so where the row must name a row of its own tenant, that one perhaps another, and the
    last of them names none and keeps the plain key.
    """
    met = (*above, model)
    return any(
        not _required(target) or is_tenant_implied(target, met)
        for target in _required(model)
        if target not in met
    )


def _required(model) -> list:
    fields = model._meta.local_fields
    return [f.related_model for f in fields if isinstance(f, TenantKey) and not f.null]


def drop_keys(cursor, model) -> None:
    """Drop the plain key to the tenant where another key implies it."""
    if is_tenant_implied(model):
        table = model._meta.db_table
        cursor.execute(PLAIN_KEYS, [f'"{table}"'])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')


def drop_indexes(cursor, model) -> None:
    """Drop from an audit table the indexes of copied columns: it is read by record and by time.

    The two that serve this are declared, and have more than one column.
    """
    cursor.execute(SINGLE_INDEXES, [f'"{model._meta.db_table}"'])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')
