"""Settings of the tests: real servers, cheap password hashes."""

from gsp.launch.attach import attach_tests

attach_tests()

from gsp.settings.base import *  # noqa: E402, F403 - reads the environment just completed
from gsp.settings.base import DATA_DIR  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "https://skills.example.org"
SECRET_KEY = "a-key-for-tests-that-is-long-enough-to-please-the-checks"
ENCRYPTION_KEYS = ["dGVzdHMtb25seS1rZXktb2YtMzItYnl0ZXMtLS0tLSE="]
BLIND_INDEX_KEYS = ["dGVzdHMtb25seS1pbmRleC1rZXktMzItYnl0ZXMtLS0="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_REQUIRED_FOR_AGENCY_STAFF = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The web server warns where the folder is missing, and warnings are errors here.
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
