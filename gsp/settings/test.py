"""Settings of the tests: real servers, cheap password hashes."""

from gsp.settings.base import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECRET_KEY = "a-key-for-tests-that-is-long-enough-to-please-the-checks"
ENCRYPTION_KEYS = ["dGVzdHMtb25seS1rZXktb2YtMzItYnl0ZXMtLS0tLSE="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_REQUIRED_FOR_AGENCY_STAFF = False
