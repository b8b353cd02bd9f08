"""Audit rows carry their context themselves, so no shared context table is written."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(
            "CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid "
            "LANGUAGE sql IMMUTABLE AS $$ SELECT NULL::uuid $$",
            migrations.RunSQL.noop,
        )
    ]
