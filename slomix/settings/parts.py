"""What Django is made of here: apps, middleware, templates, words, files, logs."""

from slomix.lib import env
from slomix.settings.place import BASE_DIR, DEBUG, VAR_DIR

INSTALLED_APPS = [
    "accounts.staff_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    # Brings the page of the API with it, so that nothing is loaded from outside.
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.discord",
    "allauth.mfa",
    "slomix",
    "accounts",
    "botworker",
    "availability",
    "promotions",
    "planning.rooms",
    "planning.raids",
]
MIDDLEWARE = [
    "slomix.operations.page_times.PageTimes",
    "slomix.lib.json_lines.RequestId",
    "slomix.lib.headers.SafeHeaders",
    "slomix.lib.headers.NoFiles",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.language.ChosenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "slomix.pages.faults.OffTheMap",
]
ROOT_URLCONF = "slomix.urls"
WSGI_APPLICATION = "slomix.wsgi.application"
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
                "accounts.access.context",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The community's: for the channel, and for whoever chose none and whose browser asks for none of ours.
LANGUAGE_CODE = env.one_of("SLOMIX_LANGUAGE", "en", ("en", "sl"))
LOCALE_PATHS = [BASE_DIR / "locale"]
# Each in its own words. One without a catalogue would be English with foreign dates: not offered.
LANGUAGES = [
    (code, name)
    for code, name in (("en", "English"), ("sl", "slovenščina"))
    if (BASE_DIR / "locale" / code / "LC_MESSAGES" / "django.mo").exists()
]
USE_I18N = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
if DEBUG:
    # Files are found where they lie; whitenoise only wants the folder to exist.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
QUIET = ("httpx", "httpcore", "celery.beat", "celery.worker.strategy", "celery.app.trace")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "slomix.lib.json_lines.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.one_of("LOG_FORMAT", "line", ("line", "json")),
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    # httpx writes addresses at INFO, and one can carry a token; Celery writes every two seconds.
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}
