"""``python -m tests.contracts.permission_table`` writes docs/permissions.md anew."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.test")
django.setup()

from django.conf import settings  # noqa: E402

from tests.contracts.test_routes import permission_table  # noqa: E402

if __name__ == "__main__":
    (settings.BASE_DIR / "docs" / "permissions.md").write_text(permission_table())
