"""``migrate``, which makes an empty database at once from the models instead of their history."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    """Django's own, except for a database in which nothing stands yet.

    Walking through all migrations renders hundreds of models for every step: minutes, where
    the tables themselves take seconds. What the history leads to is what the models say
    (``makemigrations --check``), so an empty database gets the tables of the models and the
    record that every migration is applied. What is no table (row security, triggers, functions)
    is made after either way, by ``post_migrate``.
    """

    def handle(self, *args, **options):
        """Make the tables, or bring those that stand up to date."""
        database = options["database"]
        if not _whole(options) or connections[database].introspection.table_names():
            return super().handle(*args, **options)
        # All or nothing: tables without their record would look like an older database.
        with transaction.atomic(using=database):
            with _without_history():
                super().handle(*args, **{**options, "run_syncdb": True})
            _record_all(connections[database])
        return None


def _whole(options) -> bool:
    """Tell whether the command shall bring the whole database up to date, and nothing else."""
    only = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
    return not any(options[name] for name in only)


class _without_history:  # noqa: N801  reads as what it is: with without_history()
    """While it is open no app has migrations, so ``migrate`` makes tables from the models."""

    def __contains__(self, label):
        return True

    def __getitem__(self, label):
        return None

    def __enter__(self):
        self.usual, settings.MIGRATION_MODULES = settings.MIGRATION_MODULES, self

    def __exit__(self, *error):
        settings.MIGRATION_MODULES = self.usual


def _record_all(connection) -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)
