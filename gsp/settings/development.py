"""Settings of ``make run``: this machine only, keys kept in the data folder."""

from gsp.settings.base import *  # noqa: F403
from gsp.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env("SECRET_KEY", default="development-only-key-that-production-refuses-to-start-with")
ENCRYPTION_KEYS = env.list(
    "ENCRYPTION_KEYS", default=["ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMtISE="]
)
BLIND_INDEX_KEYS = env.list(
    "BLIND_INDEX_KEYS", default=["ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMzItYiE="]
)
MFA_REQUIRED_FOR_AGENCY_STAFF = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Passkeys over plain HTTP, which browsers allow on this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
