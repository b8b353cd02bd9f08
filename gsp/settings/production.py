"""Settings of a real installation: every secret must be given."""

from django.core.exceptions import ImproperlyConfigured

from gsp.settings.base import *  # noqa: F403
from gsp.settings.base import env


def required(name: str) -> str:
    """Return the variable's text; raises ImproperlyConfigured where it is missing or empty."""
    text = env(name)
    if not text:
        raise ImproperlyConfigured(f"The environment variable {name} is empty")
    return text


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ENCRYPTION_KEYS = required("ENCRYPTION_KEYS").split(",")
BLIND_INDEX_KEYS = required("BLIND_INDEX_KEYS").split(",")
ALLOWED_HOSTS = required("ALLOWED_HOSTS").split(",")
PUBLIC_URL = env("PUBLIC_URL", default=f"https://{ALLOWED_HOSTS[0]}")
DATABASES = {"default": {**globals()["DATABASES"]["default"], **env.db_url("DATABASE_URL")}}
REDIS_URL = required("REDIS_URL")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
