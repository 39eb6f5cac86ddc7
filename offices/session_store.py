"""The session engine: Django's database sessions in rows of our own, which end by idleness and by age."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

SIGNED_IN_AT, SAVED_AT = "signed_in_at", "saved_at"
PASSWORD_GIVEN_BY = "account_authentication_methods_user"  # noqa: S105 - where allauth notes whose password it was
SELDOM = 60


class SessionStore(DatabaseStore):
    """Ends `SESSION_IDLE_AGE` seconds after it was last saved, `SESSION_COOKIE_AGE` after the sign-in at the latest."""

    @classmethod
    def get_model_class(cls):
        from offices.models import Session  # settings name this module before models can be loaded

        return Session

    def create_model_instance(self, data: dict[str, Any]):
        data[SAVED_AT] = int(time.time())
        if SESSION_KEY in data:
            data.setdefault(SIGNED_IN_AT, data[SAVED_AT])
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY) or data.get(PASSWORD_GIVEN_BY)
        return row

    def get_session_cookie_age(self) -> int:
        now = time.time()
        left = self.get(SIGNED_IN_AT, now) + settings.SESSION_COOKIE_AGE - now
        return max(0, int(min(settings.SESSION_IDLE_AGE, left)))

    def keep_alive(self) -> None:
        """Have the idle time counted from now, saving the session at most once a minute."""
        if time.time() - self.get(SAVED_AT, 0) > SELDOM:
            self.modified = True
