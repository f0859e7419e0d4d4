"""Settings. Each has a working default, an environment name, and a line in docs/run/settings.md."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kapok.people.auth_settings import *  # noqa: F403
from kapok.site.log import LOGGING as LOGGING

PACKAGE = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """One setting from the environment; what is set to nothing is not set."""
    return os.environ.get(name) or default


def yes(name: str, default: str = "0") -> bool:
    """A setting that is on or off."""
    return env(name, default).lower() in {"1", "yes", "true", "on"}


def kept_secret(folder: Path) -> str:
    """The installation's own key: from the environment, else made once and kept in the data folder."""
    if given := env("KAPOK_SECRET_KEY"):
        if len(given) < 32:
            raise ImproperlyConfigured("KAPOK_SECRET_KEY must have at least 32 characters.")
        return given
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database(url: str) -> dict[str, object]:
    """SQLite in the data folder, or the PostgreSQL that DATABASE_URL names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "kapok.sqlite3",
            # A web process has one thread, so one open file serves it for good and keeps its pages in memory.
            "CONN_MAX_AGE": 0 if TESTING else None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous="
                + ("NORMAL" if DEMO or TESTING else "FULL")
                + "; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// (leave it out for SQLite).")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    if not TESTING:
        # A database that is away must not hold up readers: three seconds, then a page that says so.
        options["pool"] = {"min_size": 1, "max_size": 4, "timeout": 3}
        options["connect_timeout"] = 3
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DEMO = yes("KAPOK_DEMO")
TESTING = yes("KAPOK_TESTING")
DEBUG = yes("KAPOK_DEBUG")
DATA = Path(env("DATA", "data")).resolve()
SECRET_KEY = "for the tests only, never for a site" if TESTING else kept_secret(DATA)
HOST = env("HOST", "127.0.0.1")
PORT = int(env("PORT", "8000"))
ADDRESS = env("KAPOK_ADDRESS", f"http://{HOST}:{PORT}").rstrip("/")
# Under which organisation identifier the activities and sets of this installation go out.
ORGANISATION = env("KAPOK_ORGANISATION", "XI-KAPOK")
SECURE = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [name for name in env("KAPOK_HOSTS").split(",") if name] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    urlsplit(ADDRESS).hostname or "localhost",
]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
WEB_PROCESSES = int(env("KAPOK_WEB_PROCESSES", "2"))
PROXIES = int(env("KAPOK_PROXIES", "0"))
REQUESTS_A_MINUTE = int(env("KAPOK_REQUESTS_A_MINUTE", "200"))

# What one fetch from a registered source may weigh and last.
KAPOK_HARVEST_LARGEST = int(env("KAPOK_HARVEST_LARGEST", str(10 * 1024 * 1024)))
KAPOK_HARVEST_SECONDS = int(env("KAPOK_HARVEST_SECONDS", "60"))

INSTALLED_APPS = [
    "kapok.site",
    "kapok.desk",
    "kapok.insight",
    "kapok.exchange",
    "kapok.records",
    "kapok.surveys",
    "kapok.documents",
    "kapok.charts",
    "kapok.files",
    "kapok.mail",
    "kapok.workflow",
    "kapok.search",
    "kapok.formats",
    "kapok.people",
    "kapok.vocab",
    "kapok.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]

MIDDLEWARE = [
    "kapok.site.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kapok.site.middleware.HeadersMiddleware",
    "kapok.site.middleware.StaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kapok.site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kapok.people.middleware.SessionMiddleware",
    "kapok.people.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kapok.site.errors.NotAllowedMiddleware",
    "kapok.site.find.away.IndexAwayMiddleware",
    "kapok.site.once.OnceMiddleware",
]

ROOT_URLCONF = "kapok.site.urls"
WSGI_APPLICATION = "kapok.site.wsgi.application"
DATABASES = {"default": database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "kapok.site.context.shell",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "kapok.site.jinja.environment", "context_processors": CONTEXT},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT},
    },
]

# Limits must be shared by all processes, so the default cache is the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kapok_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Another file of boundaries for the maps, made by scripts/geometry.py.
KAPOK_BOUNDARIES = env("KAPOK_BOUNDARIES")

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]
LANGUAGE_COOKIE_NAME = "kapok_language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
SERVESTATIC_USE_FINDERS = TESTING or DEBUG
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_HANDLERS = ["kapok.files.receiving.CappedUploadHandler"]
# A large results framework has thousands of small boxes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk"

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
# Browsers allow passkeys on plain http for localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
# The roles that may act only with a passkey or an authenticator app; the demo asks nobody.
KAPOK_SECOND_FACTOR_ROLES = [
    role
    for role in env("KAPOK_SECOND_FACTOR_ROLES", "" if DEMO or TESTING else "secretariat,administrator").split(",")
    if role
]

SESSION_COOKIE_NAME = "__Host-kapok" if SECURE else "kapok"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-kapok-csrf" if SECURE else "kapok-csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kapok.site.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE and PROXIES == 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"

# All mail waits in the queue; a job sends it this way.
EMAIL_BACKEND = "kapok.mail.backend.Queue"
KAPOK_MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if DEMO or not env("KAPOK_MAIL_HOST"):
    KAPOK_MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if TESTING:
    KAPOK_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env("KAPOK_MAIL_HOST", "localhost")
EMAIL_PORT = int(env("KAPOK_MAIL_PORT", "25"))
EMAIL_HOST_USER = env("KAPOK_MAIL_USER")
EMAIL_HOST_PASSWORD = env("KAPOK_MAIL_PASSWORD")
EMAIL_USE_TLS = yes("KAPOK_MAIL_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("KAPOK_MAIL_FROM", "Kapok <kapok@localhost>")
