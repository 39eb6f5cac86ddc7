"""Limits on refused sign-ins: for an account from one address, for one address, and for an account from anywhere.

The first limit stops guessing at one account, the second trying one password on many, the third a crowd of machines.
The third does not bind addresses from which the account was signed in lately, so that strangers who keep guessing
cannot shut its owner out.
"""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from offices.models import Kind, User
from offices.trail import record

KNOWN_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=90)


class ThrottledBackend(AxesStandaloneBackend):
    """Refuses before a password is looked at; where there is no request, as in a shell, there is nobody to throttle."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is not None:
            super().authenticate(request, username=username, password=password, **kwargs)


class Throttle(AxesDatabaseHandler):
    """Axes' own counting under our three limits."""

    def get_failures(self, request, credentials=None):
        """How many of the limits are reached."""
        return sum(1 for _end in ends_of_waiting(request, credentials))

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Besides Axes': the refusal by which a limit is reached stands in the audit trail."""
        waits_already = getattr(request, "axes_locked_out", False)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if getattr(request, "axes_locked_out", False) and not waits_already:
            known = User.objects.filter(username=get_client_username(request, credentials)).first()
            record(Kind.LOCKED_OUT, about=known, request=request)

    def user_logged_in(self, sender, request, user, **kwargs):
        """Besides Axes': forget the mistakes made with this account from here, and nobody else's."""
        super().user_logged_in(sender, request, user, **kwargs)
        AccessAttempt.objects.filter(username=user.get_username(), ip_address=request.axes_ip_address).delete()


def ends_of_waiting(request: HttpRequest, credentials: dict | None = None) -> Iterator[datetime]:
    """For every limit that is reached: when enough refusals will have been forgotten."""
    username, address = get_client_username(request, credentials), request.axes_ip_address
    cool_off = get_cool_off(request)
    for name, of_whom in (
        ("account_and_address", {"username": username, "ip_address": address}),
        ("address", {"ip_address": address}),
        ("account", {"username": username}),
    ):
        refusals = AccessAttempt.objects.filter(**of_whom, attempt_time__gt=request.axes_attempt_time - cool_off)
        end = _end_of_waiting(refusals, settings.SIGN_IN_LIMITS[name], cool_off)
        if end and not (name == "account" and _is_known(username, address)):
            yield end


def _end_of_waiting(refusals, limit: int, cool_off: timedelta) -> datetime | None:
    rows = list(refusals.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    total = sum(failures for _at, failures in rows)
    end = None
    for at, failures in rows:
        if total < limit:
            break
        total -= failures
        end = at + cool_off
    return end


def _is_known(username: str | None, address: str | None) -> bool:
    lately = timezone.now() - KNOWN_FOR
    return AccessLog.objects.filter(username=username, ip_address=address, attempt_time__gt=lately).exists()


def is_refused(request: HttpRequest, username: str) -> bool:
    """Whether `username` must wait; marks the request, so that its answer says how long."""
    credentials = {"username": username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def count_refusal(request: HttpRequest, username: str) -> None:
    """Count a wrong code like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def forget_refusals(username: str) -> None:
    """Let `username` try again at once: its owner has proved by mail who they are."""
    AccessAttempt.objects.filter(username=username).delete()


def sweep_refusals() -> int:
    """Delete refusals that no longer count and sign-ins older than 90 days; the number of rows."""
    now = timezone.now()
    forgotten, _rows = AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    old, _rows = AccessLog.objects.filter(attempt_time__lt=now - KEPT_FOR).delete()
    return forgotten + old


def locked_response(request: HttpRequest, response: HttpResponse, credentials: dict | None = None) -> HttpResponse:
    """429, with a sentence that says for how many minutes."""
    ends = list(ends_of_waiting(request, credentials)) or [timezone.now()]
    seconds = max(1, math.ceil((max(ends) - timezone.now()).total_seconds()))
    context = {**admin.site.each_context(request), "minutes": math.ceil(seconds / 60)}
    page = render(request, "offices/signin/locked.html", context, status=429)
    page["Retry-After"] = str(seconds)
    return page
