"""Row security, keys, indexes and triggers, derived from the models after ``migrate``."""

import hashlib

import pgtrigger
from django.apps import apps
from django.db import connections, transaction

from gsp.tenancy import surplus
from gsp.tenancy.audience import condition
from gsp.tenancy.models import TenantKey

TENANT = "(SELECT NULLIF(current_setting('gsp.tenant', true), '')::bigint)"
ORGANISATION = "(SELECT NULLIF(current_setting('gsp.organisation', true), '')::bigint)"
USER = "(SELECT NULLIF(current_setting('gsp.user', true), '')::bigint)"
APP_ROLE = "gsp_app"


def guarded_models():
    """Return every concrete table that belongs to a tenant, audit tables included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "audience", None) is not None and model._meta.managed
    ]


def is_event(model) -> bool:
    """Tell whether the table is an audit table, which is written by triggers alone."""
    return hasattr(model, "pgh_tracked_model")


def policies(model) -> dict[str, str]:
    """Return the policies of one table: name → the text after ``ON table``."""
    in_tenant = f"tenant_id = {TENANT}"
    staff = f"{ORGANISATION} IS NULL"
    sees = f"{in_tenant} AND ({staff} OR {condition(model, model.audience, ORGANISATION)})"
    own = getattr(model, "own_rows_sql", None)
    if own:
        sees = f"({sees}) OR {own.format(user=USER)}"
    if is_event(model):
        return {
            "gsp_select": f"FOR SELECT USING ({sees})",
            "gsp_insert": f"FOR INSERT WITH CHECK ({in_tenant})",
            # For new encryption keys and for erasure; the append-only trigger still stands before.
            "gsp_owner": f"FOR UPDATE TO CURRENT_USER USING ({in_tenant}) WITH CHECK ({in_tenant})",
        }
    writes = f"{in_tenant} AND ({staff} OR {condition(model, model.writers, ORGANISATION)})"
    return {
        "gsp_select": f"FOR SELECT USING ({sees})",
        "gsp_insert": f"FOR INSERT WITH CHECK ({writes})",
        "gsp_update": f"FOR UPDATE USING ({writes}) WITH CHECK ({writes})",
        "gsp_delete": f"FOR DELETE USING ({writes})",
    }


def constraints(model) -> dict[str, str]:
    """Return the derived constraints of one table: name → definition."""
    if is_event(model):
        return {}
    table = model._meta.db_table
    found = {f"{table}_tenant_id_key": "UNIQUE (tenant_id, id)"}
    if model.uid is not None:
        found[f"{table}_tenant_uid_key"] = "UNIQUE (tenant_id, uid)"
    for field in model._meta.local_fields:
        if isinstance(field, TenantKey):
            target = field.related_model._meta.db_table
            found[_name(table, field.column)] = (
                f'FOREIGN KEY (tenant_id, "{field.column}") REFERENCES "{target}" (tenant_id, id) '
                "DEFERRABLE INITIALLY DEFERRED"
            )
    return found


def indexes(model) -> dict[str, str]:
    """Return the derived indexes of one table: name → columns."""
    table = model._meta.db_table
    if is_event(model):
        return {_name(table, "tenant", "index"): "tenant_id, pgh_id"}
    return {
        _name(table, field.column, "index"): f'tenant_id, "{field.column}", id'
        for field in model._meta.local_fields
        if isinstance(field, TenantKey)
    }


def _name(table: str, column: str, what: str = "same_tenant") -> str:
    """Return a name that fits PostgreSQL's 63 characters."""
    name = f"{table}_{column}_{what}"
    if len(name) <= 63:
        return name
    return f"{name[:50]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def install(using: str = "default") -> None:
    """Bring the database's row security to what the models declare; change only what differs."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        models = [model for model in guarded_models() if model._meta.db_table in present]
        for model in models:
            _install_guard(cursor, model)
        for kind in ("UNIQUE", "FOREIGN KEY"):
            for model in models:
                _install_constraints(cursor, model, kind)
        for model in models:
            _install_indexes(cursor, model)
            if is_event(model):
                surplus.drop_indexes(cursor, model)
            else:
                surplus.drop_keys(cursor, model)
    _install_triggers(using)


def _install_guard(cursor, model) -> None:
    table = model._meta.db_table
    cursor.execute(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
        [f'"{table}"'],
    )
    if not cursor.fetchone()[0]:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    cursor.execute(
        "SELECT polname, obj_description(oid, 'pg_policy') FROM pg_policy "
        "WHERE polrelid = %s::regclass",
        [f'"{table}"'],
    )
    present, wanted = dict(cursor.fetchall()), policies(model)
    for name in present.keys() - wanted.keys():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
    for name, text in wanted.items():
        mark = hashlib.sha256(text.encode()).hexdigest()
        if present.get(name) != mark:
            cursor.execute(f'DROP POLICY IF EXISTS "{name}" ON "{table}"')
            cursor.execute(f'CREATE POLICY "{name}" ON "{table}" {text}')
            cursor.execute(f'COMMENT ON POLICY "{name}" ON "{table}" IS \'{mark}\'')
    if is_event(model):
        _forbid_rewriting(cursor, table)


def _forbid_rewriting(cursor, table: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if cursor.fetchone():
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}')


def _install_constraints(cursor, model, kind: str) -> None:
    table = model._meta.db_table
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [f'"{table}"']
    )
    present = {name for (name,) in cursor.fetchall()}
    for name, text in constraints(model).items():
        if text.startswith(kind) and name not in present:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {text}')


def _install_indexes(cursor, model) -> None:
    table = model._meta.db_table
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [table])
    present = {name for (name,) in cursor.fetchall()}
    for name, columns in indexes(model).items():
        if name not in present:
            cursor.execute(f'CREATE INDEX "{name}" ON "{table}" ({columns})')


def _install_triggers(using: str) -> None:
    """Install the triggers that are missing or have changed; drop those no model has."""
    for model, trigger in pgtrigger.registered():
        status, _enabled = trigger.get_installation_status(model, database=using)
        if status != "INSTALLED":
            trigger.install(model, database=using)
    pgtrigger.prune(database=using)
    _hash_what_audit_compares(using)


def _hash_what_audit_compares(using: str) -> None:
    """Keep the triggers that compare rows before and after an update from nested loops.

    A session plans such a trigger once, mostly for an update of one row; with that plan an update
    of ten thousand rows would compare each with each.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgoldtable IS NOT NULL AND tgnewtable IS NOT NULL AND proconfig IS NULL"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"ALTER FUNCTION {function} SET enable_nestloop = off")


def after_migrate(using, plan=None, **kwargs) -> None:
    """Run ``install`` at the end of ``migrate``; ``flush`` sends no plan and changes nothing."""
    if plan is not None:
        install(using)
