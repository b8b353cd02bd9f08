"""A process whose role could look past the walls does not start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from gsp.tenancy.checks import excess_rights


def test_application_role_has_no_excess_rights(db):
    assert excess_rights() == []


@pytest.mark.parametrize(
    "entry", ["import gsp.wsgi", "import gsp.celery as c; c.refuse_privileged_role()"]
)
def test_owner_is_refused(db, entry):
    database = settings.DATABASES["default"]
    owner = os.environ["DATABASE_OWNER_URL"].rsplit("/", 1)[0] + f"/{database['NAME']}"
    code = f"import django; django.setup(); {entry}"
    environment = {
        **os.environ,
        "DATABASE_URL": owner,
        "DJANGO_SETTINGS_MODULE": "gsp.settings.test",
    }
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 1
    assert "The database role owns tables, so row security would not bind it." in found.stderr
