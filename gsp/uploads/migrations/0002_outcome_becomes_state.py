from django.db import migrations


class Migration(migrations.Migration):
    """What a list came to, “applied” or “refused”, is now the last of its stages."""

    dependencies = [("uploads", "0001_initial")]

    operations = [
        migrations.RenameField("upload", "outcome", "state"),
        migrations.RenameField("uploadevent", "outcome", "state"),
    ]
