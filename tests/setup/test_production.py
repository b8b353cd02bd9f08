"""The production settings: no default stands in for a secret."""

import subprocess
import sys

import pytest
from django.conf import settings

SECRETS = {
    "SECRET_KEY": "a secret of this test, longer than the fifty characters that count",
    "ENCRYPTION_KEYS": "b25lLWtleS1vZi10aGlydHktdHdvLWJ5dGVzLS0tLSE=",
    "BLIND_INDEX_KEYS": "aW5kZXgta2V5LW9mLXRoaXJ0eS10d28tYnl0ZXMtLSE=",
    "ALLOWED_HOSTS": "platform.example",
    "DATABASE_URL": "postgresql://gsp_app:secret@db.example/gsp",
    "REDIS_URL": "redis://:secret@broker.example:6379/0",
}
PROGRAM = "from django.conf import settings as s; print(s.DEBUG, s.DATABASES['default']['HOST'])"


def load(environment):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"DJANGO_SETTINGS_MODULE": "gsp.settings.production", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_starts_with_its_secrets():
    done = load(SECRETS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "False db.example\n", "")


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_refuses_to_start_without(name):
    done = load({other: text for other, text in SECRETS.items() if other != name})
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: Set the {name} environment variable"
    )


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ENCRYPTION_KEYS", "BLIND_INDEX_KEYS", "ALLOWED_HOSTS", "REDIS_URL"]
)
def test_refuses_an_empty(name):
    done = load({**SECRETS, name: ""})
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: The environment variable {name} is empty"
    )
