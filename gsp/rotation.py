"""Writes everything that lies encrypted under a new key.

It runs as the owner of the tables: the application may not change audit rows. Every batch is a
transaction of its own and skips what the first key wrote, so a rotation that was killed goes on
where it stopped.
"""

import base64
import json
from collections.abc import Callable
from contextlib import contextmanager

import pgtrigger
from django.db import connection

from gsp import encryption, vault
from gsp.sealed import Column, filter_of, marks_in, quoted, rows_of, tenants_of

BATCH = 1000  # rows of one transaction


def rotate(column: Column, done: Callable[[int], None] = lambda number: None) -> int:
    """Write every value of a column under the first key; return how many rows were written.

    ``done`` is told the number of rows after each batch.

    Raises:
        UnsealError: a value that no key opens; what was written before stays.

    """
    written = 0
    for tenant in tenants_of(column.model):
        last, batch = 0, -1
        while batch:
            with rows_of(tenant), _quietly(column.model):
                last, batch, changed = _rotate_batch(column, last)
            written += changed
            done(changed)
    return written


def rotate_vault(done: Callable[[int], None] = lambda number: None) -> int:
    """Write every stored file under the first key; return how many were written."""
    current, written = encryption.marks()[0], 0
    for name in vault.names():
        if vault.writer_of(name) != current:
            vault.reseal(name)
            written += 1
            done(1)
    return written


@contextmanager
def _quietly(model):
    """Change rows without adding to the audit trail: what they say stays the same."""
    names = [trigger.get_pgid(model) for owner, trigger in pgtrigger.registered() if owner is model]
    with connection.cursor() as cursor:
        ignored = "{" + ",".join(names) + "}"
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [ignored])
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '', true)")


def _select(column: Column) -> str:
    """Return the query for (key, value) of the next rows that may need writing."""
    table, name, pk = quoted(column)
    shown, wanted = filter_of(column)
    if column.kind == "text":
        wanted += f" AND {name} NOT LIKE '{_current_prefix()}%%'"
    return (
        f"SELECT {pk}, {shown} FROM {table} WHERE {wanted} AND {pk} > %s "  # noqa: S608
        f"ORDER BY {pk} LIMIT {BATCH} FOR UPDATE"
    )


def _current_prefix() -> str:
    """Return how texts of the first key begin: as much of its mark as whole letters carry."""
    return encryption.SEALED + base64.b64encode(encryption.marks()[0])[:5].decode()


def _rotate_batch(column: Column, last: int) -> tuple[int, int, int]:
    """Write the next rows; return the last key, how many rows were read and how many written."""
    with connection.cursor() as cursor:
        cursor.execute(_select(column), [last])
        rows = cursor.fetchall()
    if not rows:
        return last, 0, 0
    new = {pk: _again(column, pk, value) for pk, value in rows}
    changed = {pk: value for pk, value in new.items() if value is not None}
    _update(column, changed)
    return rows[-1][0], len(rows), len(changed)


def _again(column: Column, pk: int, value):
    """Return a value sealed under the first key, None where it is so already."""
    current = encryption.marks()[0]
    if set(marks_in(column, value)) <= {current}:
        return None
    if column.kind == "bytes":
        bound = getattr(column.model.objects.get(pk=pk), "bound_to", b"")
        return encryption.seal(encryption.unseal(bytes(value), bound_to=bound), bound_to=bound)
    if column.kind == "text":
        return encryption.seal_text(encryption.unseal_text(value))
    return json.dumps(_resealed(json.loads(value)))


def _update(column: Column, values: dict) -> None:
    table, name, pk = quoted(column)
    kind = {"text": "text", "json": "jsonb", "bytes": "bytea"}[column.kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {name} = new.value FROM "  # noqa: S608 - our own names
            f"unnest(%s::bigint[], %s::{kind}[]) AS new (pk, value) WHERE {table}.{pk} = new.pk",
            [list(values), list(values.values())],
        )


def _resealed(data):
    """Return JSON data with every sealed text in it written under the first key."""
    if isinstance(data, str):
        return encryption.seal_text(encryption.unseal_text(data)) if _is_ours(data) else data
    if isinstance(data, dict):
        return {name: _resealed(each) for name, each in data.items()}
    return [_resealed(each) for each in data] if isinstance(data, list) else data


def _is_ours(text: str) -> bool:
    return encryption.is_sealed(text) and encryption.mark_of_text(text) is not None
