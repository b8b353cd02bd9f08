"""Everything that lies encrypted, found by looking at the models: what each key still opens."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from gsp import encryption, vault
from gsp.encryption import EncryptedTextField
from gsp.tenancy.scope import Because, scope

WHY = Because(actor_name="Rotation of keys", via="command", reason="encrypted under a new key")
NOBODY = b"none"  # what no key of the settings opens
JSON_SEALED = f'"({encryption.SEALED}|{encryption.FERNET})'


@dataclass(frozen=True, slots=True)
class Column:
    """One column that holds sealed values: text, JSON that contains them, or bytes."""

    model: type[models.Model]
    name: str
    kind: str

    def __str__(self):
        return f"{self.model._meta.label}.{self.name}"


def columns() -> list[Column]:
    """Return every column with sealed values, audit tables included, in order of their names.

    Bytes are sealed where the model names them in ``sealed_columns``; JSON may hold sealed texts
    anywhere.
    """
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            kind = _kind(model, field)
            if kind:
                found.append(Column(model, field.column, kind))
    return sorted(found, key=str)


def _kind(model, field) -> str | None:
    if field.name in getattr(model, "sealed_columns", ()):
        return "bytes"
    if isinstance(field, EncryptedTextField):
        return "text"
    numbered = isinstance(model._meta.pk, models.IntegerField)
    return "json" if numbered and isinstance(field, models.JSONField) else None


def counts(column: Column) -> Counter:
    """Return how many values of a column each key opens, by its mark; NOBODY for none of them."""
    found = Counter()
    for tenant in tenants_of(column.model):
        with rows_of(tenant):
            found += _counted(column)
    return found


def vault_counts() -> Counter:
    """Return how many stored files each key opens."""
    known = set(encryption.marks())
    found = Counter(vault.writer_of(name) for name in vault.names())
    lost = sum(number for mark, number in found.items() if mark not in known)
    return Counter({mark: found[mark] for mark in known} | {NOBODY: lost})


def tenants_of(model) -> list:
    """Return the tenants whose rows the table may hold; one None where it belongs to none."""
    if getattr(model, "audience", None) is None:
        return [None]
    tenant = apps.get_model(settings.TENANCY["tenant"])
    return list(tenant.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def rows_of(tenant: int | None):
    """Open a transaction that sees the rows of a tenant, or those that belong to none."""
    if tenant is None:
        with transaction.atomic():
            yield
    else:
        with scope(tenant, because=WHY):
            yield


def _counted(column: Column) -> Counter:
    with connection.cursor() as cursor:
        table, _name, pk = quoted(column)
        shown, wanted = filter_of(column)
        cursor.execute(f"SELECT {pk}, {shown} FROM {table} WHERE {wanted}")  # noqa: S608
        return Counter(mark for _pk, value in cursor for mark in marks_in(column, value))


def marks_in(column: Column, value) -> Iterator[bytes]:
    """Yield the mark of the key that opens each sealed value, NOBODY where none does."""
    if column.kind == "bytes":
        mark = encryption.mark_of(value)
        yield mark if mark in encryption.marks() else NOBODY
    else:
        texts = [value] if column.kind == "text" else texts_in(json.loads(value))
        yield from (encryption.mark_of_text(text) or NOBODY for text in texts)


def texts_in(data) -> Iterator[str]:
    """Yield the sealed texts inside JSON data."""
    if isinstance(data, str):
        if encryption.is_sealed(data):
            yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from texts_in(each)


def quoted(column: Column) -> tuple[str, str, str]:
    """Return table, column and key as SQL names them."""
    meta = column.model._meta
    return tuple(
        connection.ops.quote_name(name) for name in (meta.db_table, column.name, meta.pk.column)
    )


def filter_of(column: Column) -> tuple[str, str]:
    """Return how a column is read, and the condition under which it holds something sealed."""
    _table, name, _pk = quoted(column)
    if column.kind == "json":
        return f"{name}::text", f"{name}::text ~ '{JSON_SEALED}'"
    return name, f"{name} <> ''"
