"""The settings, read from the environment (12-factor); `.env.example` documents every variable."""

from portal.settings.base import *  # noqa: F403 - Django reads settings as module names
from portal.settings.content import *  # noqa: F403 - the same
from portal.settings.security import *  # noqa: F403 - the same
from portal.settings.signin import *  # noqa: F403 - the same
from portal.settings.storage import *  # noqa: F403 - the same
