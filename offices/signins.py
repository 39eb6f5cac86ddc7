"""Sign-ins that succeeded or failed, brought into the audit trail.

Django's two signals are heard here, and nowhere else in the house: a sign-in happens inside Django's own view and
inside `authenticate()`, which every way of signing in passes, and they offer no other hook.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from offices.models import User
from offices.models.trail import Kind
from offices.trail import record


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="trail")
    user_login_failed.connect(_failed, dispatch_uid="trail")


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    record(Kind.SIGNED_IN, by=user, about=user, request=request)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """An unknown name is not kept: people type their password in its place.

    Nor is an attempt during a wait, which the trail tells by its beginning: a machine could fill the book with them.
    """
    if getattr(request, "axes_locked_out", False):
        return
    typed = str(credentials.get("username") or "")
    known = None if "\x00" in typed else User.objects.filter(username=typed).first()
    record(Kind.SIGN_IN_FAILED, about=known, request=request)
