"""Settings that hold everywhere; only these modules read the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env("GSP_DATA", default=str(BASE_DIR / ".data")))

# --- what the project is made of -------------------------------------------
INSTALLED_APPS = [
    "accounts.operator_admin.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.idp.oidc",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "csp",
    # kernel
    "gsp.tenancy",
    "gsp.audit",
    "gsp.background",
    "gsp.uploads",
    "gsp.api",
    "gsp.web",
    # domain
    "accounts",
    "catalogue",
    "partnerships",
    "training",
    "trainees",
    "employers",
    "workforce",
    "selection",
    "learning",
    "credentials",
    "cases",
    "matching",
    "privacy",
    "reporting",
    "demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gsp.web.middleware.ClientAddressMiddleware",
    "gsp.web.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnerships.second_factor.SecondFactorMiddleware",
    "partnerships.middleware.DeskMiddleware",
]

TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ROOT_URLCONF = "gsp.urls"
WSGI_APPLICATION = "gsp.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gsp.web.context.desk",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "gsp.web.templatetags.gsp"],
        },
    }
]
COTTON_DIR = "components"

# --- tenancy ----------------------------------------------------------------
TENANCY = {
    "tenant": "partnerships.Agency",
    "organisation": "partnerships.Organisation",
    "partnership": "partnerships.Partnership",
    "participation": "partnerships.Participation",
}

# --- database ---------------------------------------------------------------
# Web and workers log in as gsp_app; DATABASE_OWNER_URL is for migrations alone.
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql:///gsp")}
DATABASES["default"].update(ATOMIC_REQUESTS=False, CONN_HEALTH_CHECKS=True, CONN_MAX_AGE=60)
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
# A transaction pooler between us and PostgreSQL cannot keep cursors between statements.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("DATABASE_POOLED", default=False)

# --- audit ------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True
# Triggers are derived from the models after migrate, like policies: migrations stay short.
PGTRIGGER_MIGRATIONS = False

# --- broker, cache, background work -----------------------------------------
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "gsp.web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Seconds until a task whose worker fell silent goes to another; longer than TIME_LIMIT.
    "visibility_timeout": env.int("BROKER_VISIBILITY_TIMEOUT", default=900),
    # kombu's default sweep brings a killed worker's task back after minutes, this after seconds
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    # Whoever commits while the broker is away does not wait: the outbox keeps what it asked for.
    "max_retries": 1,
    "interval_start": 0.1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
# Beat remembers here when it last ran what, and makes up for a night it slept through.
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- sign-in ----------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "desks"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "accounts.adapters.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REQUIRED_FOR_AGENCY_STAFF = True
MFA_ADAPTER = "accounts.adapters.EncryptedMFAAdapter"
MFA_TOTP_ISSUER = "Skill Partnerships"
# Agencies vouch for the addresses of the members they invite.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Machine clients get opaque tokens, kept as hashes; nothing here is signed, so there is no key.
IDP_OIDC_ACCESS_TOKEN_FORMAT = "opaque"
IDP_OIDC_AUTH_METHODS = ("client_secret_basic", "client_secret_post")
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True

# --- languages, time --------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
    ("nl", _("Dutch")),
    ("sq", _("Albanian")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FILTERS_EMPTY_CHOICE_LABEL = _("All")

# --- files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "gsp.web.assets.PackageFinder",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
# Files people hand in lie here, encrypted, outside every folder a web server shows.
VAULT_DIR = Path(env("VAULT_DIR", default=str(DATA_DIR / "vault")))
DOCUMENT_MAX_BYTES = 15 * 1024 * 1024
# host:port, or the path of a socket, of a ClamAV daemon; empty where there is none. Where it is
# set, no document is shown before it was scanned.
CLAMAV_ADDRESS = env("CLAMAV_ADDRESS", default="")

# The address under which others reach the platform: in signed credentials and QR codes, for good.
PUBLIC_URL = env("PUBLIC_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}")

# --- what a browser may load ------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- API --------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "gsp.api.authentication.ClientTokenAuthentication",
        "gsp.api.authentication.SessionWithChallenge",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["gsp.api.permissions.MemberMay"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "gsp.api.pagination.StablePages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "gsp.api.errors.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Global Skill Partnerships",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Operations are grouped by what follows the desk, not by "api".
    "SCHEMA_PATH_PREFIX": r"/api/v1/\{agency\}/\{desk\}/",
    # One name for one list of choices, however many fields use it.
    "ENUM_NAME_OVERRIDES": {
        "CefrLevelEnum": "catalogue.levels.CefrLevel",
        "SkillLevelEnum": "catalogue.levels.SkillLevel",
        "SkillKindEnum": "catalogue.models.skill.SkillKind",
        "OrganisationKindEnum": "partnerships.models.organisation.Organisation.Kind",
        "PartnershipStateEnum": "partnerships.states.PartnershipState",
        "CohortStateEnum": "training.states.CohortState",
        "EnrolmentStateEnum": "trainees.states.EnrolmentState",
        "TrackEnum": "trainees.states.Track",
        "DecidedTrackEnum": "trainees.models.journey.TRACKS",
        "LeftReasonEnum": "trainees.states.LeftReason",
        "TrackReasonEnum": "trainees.models.enrolment.TrackDecision.Reason",
        "CounsellingFormEnum": "trainees.models.enrolment.Counselling.Form",
        "JourneyStateEnum": "trainees.journey_states.JourneyState",
        "PlacementKindEnum": "trainees.journey_states.PlacementKind",
        "FollowUpStatusEnum": "trainees.models.journey.FollowUp.State",
        "SessionStateEnum": "learning.states.SessionState",
        "PresenceEnum": "learning.states.Presence",
        "ModuleKindEnum": "training.models.course.Module.Kind",
        "AssessmentKindEnum": "learning.models.assessment.Assessment.Kind",
        "CallStateEnum": "selection.states.CallState",
        "ApplicationStateEnum": "selection.states.ApplicationState",
        "EligibilityKindEnum": "selection.models.scheme.EligibilityRule.Kind",
        "ApplicationSourceEnum": "selection.models.application.Application.Source",
        "ConsentThroughEnum": "trainees.models.consent.Consent.Through",
        "CredentialStateEnum": "credentials.states.CredentialState",
        "EndReasonEnum": "credentials.states.EndReason",
        "RevocationReasonEnum": "credentials.rules.REVOCATION_REASONS",
        "DuplicateStateEnum": "trainees.duplicate_states.DuplicateState",
        "DuplicateBandEnum": "trainees.duplicate_states.SureBand",
        "DemandStateEnum": "employers.states.DemandState",
        "ProposalStateEnum": "matching.states.ProposalState",
        "UploadStateEnum": "gsp.uploads.states.UploadState",
        "DocumentStateEnum": "cases.states.DocumentState",
        "RecognitionStateEnum": "cases.states.RecognitionState",
        "TaskStateEnum": "cases.states.TaskState",
        "DocumentKindEnum": "cases.models.document.DocumentKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"codes": {"()": "gsp.web.codes_in_logs.WithoutCodes"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["codes"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # One line for every message sent and received would bury the others.
    "loggers": {
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
