"""Tables to which rows are added and never changed: PostgreSQL itself refuses."""

from contextlib import contextmanager

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connection
from pgtrigger import compiler

ERASING = "gsp.erasing"
# The owner of the table (migrations, rotation of keys) may change every row.
IS_OWNER = (
    "pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')"
)
TEXT = f"""
IF {IS_OWNER} THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END IF;
IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM "{{tenants}}" WHERE id = OLD.tenant_id AND is_demonstration
) THEN RETURN OLD; END IF;
IF TG_OP = 'UPDATE' AND current_setting('{ERASING}', true) = 'on' THEN
    IF to_jsonb(OLD) - ARRAY[{{columns}}]::text[] = to_jsonb(NEW) - ARRAY[{{columns}}]::text[]
        AND {{emptied}} THEN RETURN NEW; END IF;
END IF;
RAISE EXCEPTION 'Rows of % are added and never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
"""  # noqa: S608  names of our own tables


class _NeverIgnored(compiler.UpsertTriggerSql):
    """A trigger that a session cannot have ignored by saying so (``pgtrigger.ignore``)."""

    def get_template(self):
        template = super().get_template()
        start = template.index("IF ({ignore_func_name}(TG_NAME) IS TRUE) THEN")
        return template[:start] + template[template.index("{func}") :]


class AppendOnly(pgtrigger.Trigger):
    """Refuses every update and delete, with two exceptions that lose no history unseen.

    Inside ``erasing()`` the columns named in ``erased`` may be emptied, and nothing else changed.
    The rows of a demonstration agency go when the demonstration is taken away.
    """

    name = "append_only"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, erased: tuple[str, ...] = (), **fields):
        super().__init__(**fields)
        self.erased = erased

    def compile(self, model) -> compiler.Trigger:
        """Return the trigger without the usual way round it."""
        usual = super().compile(model)
        return compiler.Trigger(name=usual.name, sql=_NeverIgnored(**usual.sql.kwargs))

    def get_func(self, model) -> str:
        """Return the function's body for this table."""
        columns = [model._meta.get_field(name).column for name in self.erased]
        emptied = [f"COALESCE(NEW.\"{column}\"::text, '') = ''" for column in columns]
        tenant = apps.get_model(settings.TENANCY["tenant"])
        return TEXT.format(
            tenants=tenant._meta.db_table,
            columns=", ".join(f"'{column}'" for column in columns),
            emptied=" AND ".join(emptied) or "false",
        )


@contextmanager
def erasing():
    """Let this transaction empty what append-only tables name as erasable, and then no longer."""
    _tell("on")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _tell("")


def _tell(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [ERASING, value])
