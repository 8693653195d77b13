"""Deployment facts, all from the environment; docs/settings.md lists every variable."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tec.env import env, generated_secret, secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TEC_VAR_DIR") or BASE_DIR / "var")

# One address decides everything that depends on http or https.
PUBLIC_URL = (os.environ.get("TEC_PUBLIC_URL") or "http://localhost:3000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(
        f"TEC_PUBLIC_URL is “{PUBLIC_URL}”; give the full address people use, like https://tec.example.org."
    )
HTTPS = _public.scheme == "https"

DEBUG = env.bool("TEC_DEBUG", False)
if DEBUG and _public.hostname not in {"localhost", "127.0.0.1", "::1"}:
    raise ImproperlyConfigured(
        f"TEC_DEBUG shows the inside of the site to everybody, and TEC_PUBLIC_URL is “{PUBLIC_URL}”: "
        "switch one of them off."
    )
SECRET_KEY = secret("SECRET_KEY")
if not SECRET_KEY:
    if HTTPS:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set; set it, or SECRET_KEY_FILE, to a long random text."
        )
    SECRET_KEY = generated_secret(VAR_DIR / "secret-key")

SECRET_KEY_FALLBACKS = secret("SECRET_KEY_FALLBACKS").split()

# The first seals the audit log, all of them verify it; docs/audit.md tells how to change it.
_secret_keys = [SECRET_KEY, *SECRET_KEY_FALLBACKS]
AUDIT_KEYS = [secret("TEC_AUDIT_KEY") or SECRET_KEY, *secret("TEC_AUDIT_OLD_KEYS").split(), *_secret_keys]
AUDIT_TRIGGERS = True  # the database refuses to change what was written down; only tests go without

ALLOWED_HOSTS = [_public.hostname, *env.list("TEC_ALLOWED_HOSTS", [])]
if not HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = env.int("TEC_TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come over plain http from inside
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "tec.setup",  # first: two of its commands take the place of Django's
    "tec.setup.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "tec.audit",
    "tec.accounts",
    "tec.projects",
    "tec.work",
    "tec.notices",
    "descriptors",
    "mismatch",
    "tec.reports",
]
MIDDLEWARE = [
    "tec.audit.middleware.WhereMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "tec.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tec.obligation.SecondFactorFirst",
    "tec.accounts.middleware.NoteLogIn",
]
ROOT_URLCONF = "tec.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["tec.projects.templatetags.tec_access"],
            "libraries": {
                "tec_ui": "tec.templatetags.tec_ui",
                "tec_events": "tec.templatetags.tec_events",
                "tec_project": "tec.templatetags.tec_project",
            },
        },
    }
]

DATABASE_URL = secret("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'tec.sqlite3'}"
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
# What the address says after its “?”, as sslmode=verify-full, holds as well.
_asked: dict[str, Any] = DATABASES["default"].get("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        **_asked,
        # Take the write lock when a transaction starts: one that reads first could otherwise fail half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        **_asked,
        "options": "-c statement_timeout=15000 -c lock_timeout=5000 "
        f"-c idle_in_transaction_session_timeout=60000 {_asked.get('options', '')}".rstrip(),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = secret("REDIS_URL")
CACHES: dict[str, Any] = {
    # Counts failed log-ins, so it is shared by all processes and outlives them: a table of the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tec_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # What may be lost at any time: how often somebody asked the API lately.
    "quick": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{env.str('TEC_QUEUE', 'tec')}:cache",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 2 * 3600

# Mail. Without a server none is sent, and the pages that would say so.
MAIL = bool(env.str("TEC_MAIL_HOST", ""))
_mail_security = env.str("TEC_MAIL_SECURITY", "starttls")
if _mail_security not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(f"TEC_MAIL_SECURITY is “{_mail_security}”; give starttls, tls or none.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = env.str("TEC_MAIL_HOST", "")
EMAIL_PORT = env.int("TEC_MAIL_PORT", 465 if _mail_security == "tls" else 587)
EMAIL_USE_TLS = _mail_security == "starttls"
EMAIL_USE_SSL = _mail_security == "tls"
EMAIL_HOST_USER = env.str("TEC_MAIL_USER", "")
EMAIL_HOST_PASSWORD = secret("TEC_MAIL_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("TEC_MAIL_FROM", f"tec@{_public.hostname}")

# Accounts: log-in, second factor and single sign-on are allauth's, the pages are ours.
ACCOUNT_ADAPTER = "tec.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]  # no code is mailed
ACCOUNT_FORMS = {
    "login": "tec.accounts.forms.LogInForm",
    "reauthenticate": "tec.accounts.forms.ConfirmForm",
}
# A name is locked for minutes only: locking is also a way to keep a colleague out.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ADMINS_NEED_FACTOR = env.bool("TEC_ADMINS_NEED_FACTOR", False)
MFA_ADAPTER = "tec.accounts.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "tec.accounts.forms.CodeForm",
    "reauthenticate": "tec.accounts.forms.ConfirmCodeForm",
    "activate_totp": "tec.accounts.forms.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1

# Single sign-on by OpenID Connect, there as soon as an issuer is named.
OIDC_ISSUER = env.str("TEC_OIDC_ISSUER", "")
OIDC_NAME = env.str("TEC_OIDC_NAME", "single sign-on")
OIDC_DOMAINS = [name.strip().lower() for name in env.str("TEC_OIDC_DOMAINS", "").split(",") if name.strip()]
OIDC_CREATE = env.bool("TEC_OIDC_CREATE", False)
SOCIALACCOUNT_ADAPTER = "tec.accounts.sso.Decisions"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "tec.accounts.oidc.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": env.str("TEC_OIDC_CLIENT_ID", ""),
                "secret": secret("TEC_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://") and HTTPS:
    raise ImproperlyConfigured(f"TEC_OIDC_ISSUER is “{OIDC_ISSUER}”; it has to be an https address.")
if OIDC_ISSUER and not env.str("TEC_OIDC_CLIENT_ID", ""):
    raise ImproperlyConfigured("TEC_OIDC_ISSUER is set, but TEC_OIDC_CLIENT_ID is not.")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The container collects static files when it is built; a clone serves them from where they lie.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
if not COLLECTED:  # whitenoise looks for the folder all the same
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
_static = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if COLLECTED or "collectstatic" in sys.argv
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}

# Uploads are bounded by the web server and again by the reader; see docs/settings.md.
DATA_UPLOAD_MAX_MEMORY_SIZE = 26_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 26_000_000
# A descriptor form sends every input: a list of 500 rows with 25 inputs each, and room for the rest.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tec.accounts.tokens.BearerAuthentication",  # first: it says 401, and how to log in
        "tec.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tec.api.parsers.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["tec.api.throttling.Throttle"],
    "EXCEPTION_HANDLER": "tec.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": 0,  # the web server says who asks, believing the proxies it is told to
}
# Requests a minute: of one account by what they cost, and of one address without an account.
API_LIMITS = {"read": 600, "write": 240, "heavy": 60, "anonymous": 120}
SPECTACULAR_SETTINGS = {
    "TITLE": "TEC",
    "DESCRIPTION": "Everything that the pages do. Bodies and answers are JSON; every refusal is a problem "
    "document (RFC 9457), whose “detail” says what to do. Lists come in pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # each choice stands where it is used, and needs no name of its own
    "SORT_OPERATIONS": False,
    "PATH_CONVERTER_OVERRIDES": {
        "number": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
        "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    },
}

# Background work. The rows in the database say what there is to do; the broker only wakes a worker, so all
# that is lost with a message is a few seconds until the sweep.
LEASE_SECONDS = env.int("TEC_LEASE_SECONDS", 20)
SWEEP_SECONDS = env.int("TEC_SWEEP_SECONDS", 5)
CHECK_TIME_LIMIT = env.int("TEC_CHECK_SECONDS", 120)
GIT_HOSTS: list[str] = env.list("TEC_GIT_HOSTS", ["*"])
GIT_LOCAL_PATHS: list[str] = env.list("TEC_GIT_LOCAL_PATHS", [])
GIT_CA_FILE = env.str("TEC_GIT_CA_FILE", "")
GIT_MB = env.int("TEC_GIT_MB", 100)
GIT_SECONDS = env.int("TEC_GIT_SECONDS", 60)
BROKER_DIR = VAR_DIR / "broker"
REPORT_DAYS = env.int("TEC_REPORT_DAYS", 7)
# Where Debian puts its Noto fonts; what packages bring is found without being named.
FONT_DIRS = env.list("TEC_FONT_DIRS", ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"])
QUEUE = env.str("TEC_QUEUE", "tec")
CELERY_BROKER_URL = REDIS_URL or "files://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "global_keyprefix": f"{QUEUE}:",
        "visibility_timeout": 2 * CHECK_TIME_LIMIT,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }
    if REDIS_URL
    else {"folder": str(BROKER_DIR), "polling_interval": 0.05}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
# A page must not wait for a broker that is away: the sweep sends what could not be sent.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0}
CELERY_TASK_DEFAULT_QUEUE = QUEUE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Files give Celery no event loop, and without one the processes of its pool share one queue: if one is
# killed at the wrong moment, all stop. There, the worker does its work itself, one check after the other.
CELERY_WORKER_POOL = "prefork" if REDIS_URL else "solo"
CELERY_WORKER_CONCURRENCY = env.int("TEC_WORKER_PROCESSES", 2)
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps nothing on disk: every job may run once too often
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "tec.work.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 5)},
    },
    "syncs": {
        "task": "descriptors.tasks.start_scheduled_syncs",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "letters": {
        "task": "tec.accounts.tasks.send_letters",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "tidy": {"task": "tec.accounts.tasks.tidy", "schedule": 3600, "options": {"expires": 3600}},
    "reports": {"task": "tec.reports.tasks.forget_reports", "schedule": 3600, "options": {"expires": 3600}},
    "notices": {"task": "tec.notices.tasks.send", "schedule": 30, "options": {"expires": 30}},
    "reminders": {"task": "mismatch.tasks.remind", "schedule": 300, "options": {"expires": 300}},
}
# Where webhooks may post to besides the open Internet by https: "chat.intern" or "chat.intern:8080".
WEBHOOK_HOSTS = [host.strip().lower() for host in env.str("TEC_WEBHOOK_HOSTS", "").split(",") if host.strip()]


DEFAULT_EXCEPTION_REPORTER_FILTER = "tec.reporting.ReporterFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("TEC_LOG_LEVEL", "INFO")},
    # The sweep runs every few seconds; only what goes wrong with it is worth a line.
    "loggers": {
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
