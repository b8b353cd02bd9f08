"""Erasure reaches the audit tables: the one door to them, opened by a receipt.

The application may not change audit rows. Erasure must all the same leave no name behind in
them, so the owner of the tables lends one function, which empties the identifying columns of
one person's audit rows, in the agency's own scope, where a receipt of erasure was written.
"""

import hashlib

from django.apps import apps
from django.db import connection, connections, transaction

from gsp.tenancy.policies import APP_ROLE
from privacy.personal import emptied, personal_models, renamed

NAME = "gsp_scrub"
BODY = """
DECLARE
  tenant bigint := NULLIF(current_setting('gsp.tenant', true), '')::bigint;
  outer_ignored text := COALESCE(current_setting('pgtrigger.ignore', true), '');
BEGIN
  IF NULLIF(current_setting('gsp.organisation', true), '') IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM {receipts} WHERE tenant_id = tenant AND person_id = person
  ) THEN
    RAISE EXCEPTION 'no receipt of an erasure' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('pgtrigger.ignore', '{ignored}', true);
  CASE tracked
{branches}
    ELSE RAISE EXCEPTION 'nothing to erase in %', tracked;
  END CASE;
  PERFORM set_config('pgtrigger.ignore', outer_ignored, true);
END
"""


def scrub(model, ids: list[int], *, person: int) -> None:
    """Empty the identifying columns in the audit rows of ``model``'s rows ``ids``."""
    if ids and _columns(model):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {NAME}(%s, %s, %s)", [model._meta.db_table, ids, person])


def install(using: str = "default") -> None:
    """Bring the function to what the models declare; nothing happens where it says so already."""
    body = _body()
    mark = hashlib.sha256(body.encode()).hexdigest()
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname = %s", [NAME]
        )
        if (cursor.fetchone() or [""])[0] == mark:
            return
        signature = f"{NAME}(text, bigint[], bigint)"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {NAME}(tracked text, ids bigint[], person bigint) "
            f"RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = public, pg_temp AS $body${body}$body$"
        )
        cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        cursor.execute(f"COMMENT ON FUNCTION {signature} IS '{mark}'")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone():
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {APP_ROLE}")


def after_migrate(using, plan=None, **kwargs) -> None:
    """Run ``install`` at the end of ``migrate``; ``flush`` sends no plan and changes nothing."""
    if plan is not None:
        install(using)


def _body() -> str:
    tracked = [model for model in personal_models() if _columns(model)]
    return BODY.format(
        receipts=apps.get_model("privacy.Erasure")._meta.db_table,
        ignored="{" + ",".join(_guard(model) for model in tracked) + "}",
        branches="\n".join(map(_branch, tracked)),
    )


def _columns(model) -> dict:
    """Return the columns to empty of the model's audit table; none where it has no such table."""
    if not hasattr(model, "events"):
        return {}
    return emptied(model) | dict.fromkeys(renamed(model), "")


def _branch(model) -> str:
    events = model.events.rel.related_model._meta
    values = ", ".join(
        f'"{events.get_field(name).column}" = {_literal(value)}'
        for name, value in _columns(model).items()
    )
    return (  # names of our own tables and columns alone
        f"    WHEN '{model._meta.db_table}' THEN UPDATE {events.db_table} SET {values} "  # noqa: S608
        f"WHERE tenant_id = tenant AND id = ANY(ids) AND {_is_about(model, model.of_person)};"
    )


def _is_about(model, path: str) -> str:
    """Return the condition that a row is about the person of the receipt, and nobody else."""
    name, _, rest = path.partition("__")
    if name == "pk":
        return "id = person"
    field = model._meta.get_field(name)
    if not rest:
        return f'"{field.column}" = person'
    target = field.related_model
    return (
        f'"{field.column}" IN (SELECT id FROM {target._meta.db_table} '  # noqa: S608
        f"WHERE tenant_id = tenant AND {_is_about(target, rest)})"
    )


def _guard(model) -> str:
    """Return the name in the database of the trigger that keeps the audit table append-only."""
    import pgtrigger

    events = model.events.rel.related_model
    return next(
        trigger.get_pgid(events)
        for of, trigger in pgtrigger.registered()
        if of is events and trigger.name == "append_only"
    )


def _literal(value) -> str:
    if value is None:
        return "NULL"
    if value in ("", 0, False):
        return {"": "''", "0": "0", "False": "false"}[str(value)]
    return f"'{value}'" if isinstance(value, str) and value.isidentifier() else "'{}'"
