"""What the project is made of, in which language it speaks, and how a request passes through it."""

from django.utils.translation import gettext_lazy as _

from portal.settings.environment import BASE_DIR, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)

SITE_NAME = env("SITE_NAME", default="Kabar Daerah")
SITE_TAGLINE = env("SITE_TAGLINE", default="Berita resmi 552 daerah, dari sumbernya")
SITE_URL = env("SITE_URL", default="").rstrip("/")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
DEMAND_KEPT_DAYS = env.int("DEMAND_KEPT_DAYS", default=180)
KEEPS_OFFLINE = env.bool("KEEPS_OFFLINE", default=True)

WEBSUB_HUBS = env.list("WEBSUB_HUBS", default=[])
WEBSUB_ALLOW_LOOPBACK = env.bool("WEBSUB_ALLOW_LOOPBACK", default=False)

INSTALLED_APPS = [
    "offices",
    "news",
    "portal",
    "portal.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "portal.staticfiles.PortalStaticFilesConfig",
    "taggit",
    "ckeditor",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.caching.ReaderCaches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "offices.signin.door.StaffDoor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

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
                "portal.context.site",
            ],
        },
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "offices.User"
LOGIN_URL = "admin:login"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_TICK = env.int("WORKER_TICK", default=30)
WORKER_LEASE = env.int("WORKER_LEASE", default=60)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="redaksi@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
