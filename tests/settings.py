"""The settings under test: the project's own, with quick passwords and throw-away folders."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEST_FOLDER = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, TEST_FOLDER, ignore_errors=True)

# Said before the project's settings read them, so that a developer's `.env` changes no test.
os.environ.update(
    PRODUCTION="",
    DEBUG="",
    DEMO="",
    SECRET_KEY="only for tests",
    SITE_URL="",
    ALLOWED_HOSTS="localhost,127.0.0.1,[::1],testserver",
    CACHE_URL="locmemcache://tests",
    EMAIL_URL="memorymail://",
    MEDIA_ROOT=str(TEST_FOLDER / "media"),
    PRIVATE_ROOT=str(TEST_FOLDER / "private"),
    STATIC_ROOT=str(TEST_FOLDER / "static"),
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{TEST_FOLDER / 'never-used.sqlite3'}")

from portal.settings import *  # noqa: E402, F403 - the environment above must come first
from portal.settings import DATABASES, STORAGES  # noqa: E402 - the same

# The quickest hasher: no test is about the strength of a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files straight from the apps and without a manifest: nobody has to run collectstatic.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file rather than memory: threads get connections of their own, and locks hold as they do in use.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "tests.sqlite3")}
