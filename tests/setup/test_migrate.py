"""A database made at once from the models is the one that the history of migrations leads to."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gsp.tenancy.management.commands.migrate import Command
from tests.database import fresh_database

QUESTIONS = {
    "columns": """SELECT table_name, column_name, udt_name, is_nullable, is_identity,
        character_maximum_length, numeric_precision, numeric_scale
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, contype::text,
        regexp_replace(pg_get_constraintdef(oid), '"?[a-z_]+_[0-9a-f]{8}[a-z_]*"?', '…')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": """SELECT tablename,
        regexp_replace(indexdef, 'INDEX "?[A-Za-z0-9_]+"? ON', 'INDEX ON')
        FROM pg_indexes WHERE schemaname = 'public'""",
    "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies",
    "triggers": """SELECT tgrelid::regclass::text, tgname, tgtype FROM pg_trigger
        WHERE NOT tgisinternal""",
    "functions": """SELECT proname, prosrc, prosecdef FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
}


NOT_BY_TABLE = {"functions"}


def own_tables() -> set[str]:
    """The tables of this project's apps; what libraries migrate is theirs."""
    own = [config for config in apps.get_app_configs() if ".venv" not in config.path]
    models = [model for config in own for model in config.get_models(include_auto_created=True)]
    return {model._meta.db_table for model in models}


def structure() -> dict[str, list]:
    """Everything the database says of the shape of our tables, in one order."""
    found, tables = {}, own_tables()
    with connection.cursor() as cursor:
        for name, question in QUESTIONS.items():
            cursor.execute(question)
            rows = cursor.fetchall()
            if name not in NOT_BY_TABLE:
                rows = [row for row in rows if row[0] in tables]
            found[name] = sorted(rows, key=str)
    return found


def test_empty_database_is_recorded_as_up_to_date(db, capsys):
    call_command("showmigrations", "--plan")
    assert "[ ]" not in capsys.readouterr().out
    assert MigrationRecorder(connection).applied_migrations().keys() >= {
        ("trainees", "0001_initial"),
        ("account", "0001_initial"),
    }


@pytest.mark.slow
def test_both_ways_lead_to_the_same_database(django_db_blocker, monkeypatch):
    with django_db_blocker.unblock():
        with fresh_database("gsp_at_once"):
            at_once = structure()
        monkeypatch.setattr(Command, "handle", migrate.Command.handle)
        with fresh_database("gsp_by_history"):
            by_history = structure()
    assert len(at_once["columns"]) > 1000
    for name in QUESTIONS:
        assert set(at_once[name]) ^ set(by_history[name]) == set(), name
