"""Tells hubs what is owed to them: leased before it is told, tried again for a while, and written down.

A sender that dies leaves its lease to run out, and the word is told a second time: hubs do not mind, for all it makes
them do is look. Nothing is lost.
"""

import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from requests import RequestException
from requests_hardened import Config, Manager

from news.feeds.addresses import FORMS, in_form
from news.models import Ping
from news.models.pings import PingResult
from offices.links import site_address

LEASE = timedelta(minutes=2)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_ATTEMPTS = len(PAUSES) + 1
AT_ONCE = 100
KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 5_000
TIMEOUT = (3.0, 10.0)
"""Seconds to connect, and to wait for an answer."""
LONGEST_TURN = 10.0
"""Seconds after which a task hands on to the next one, so that nothing due waits behind a slow hub."""


def enqueue_pings() -> bool:
    """Hand owed words to the workers where there are some and no task waits to tell them."""
    waiting = DBTaskResult.objects.filter(task_path=tell_hubs.module_path, status=TaskResultStatus.READY)
    if not Ping.objects.due(timezone.now()).exists() or waiting.exists():
        return False
    tell_hubs.enqueue()
    return True


@task(priority=0)
def tell_hubs() -> dict[str, int]:
    """The workers' task: tell hubs for a few seconds, then let others have their turn."""
    return dict(deliver_owed_pings(AT_ONCE, seconds=LONGEST_TURN))


def deliver_owed_pings(limit: int = AT_ONCE, *, seconds: float | None = None) -> Counter[str]:
    """Tell at most `limit` words that are due, for at most about `seconds`; returns how many ended how.

    A hub that fails is left alone for the rest of the turn. May run in any number of processes at once. Call it outside
    transactions: it speaks to the network.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    outcomes: Counter[str] = Counter()
    failing: set[str] = set()
    for seen in list(Ping.objects.due(timezone.now())[:limit]):
        if ends is not None and time.monotonic() > ends:
            break
        if seen.hub not in failing and (ping := _leased(seen)):
            failure = _tell(ping)
            failing |= {ping.hub} if failure else set()
            outcomes[_settle(ping, failure)] += 1
    return outcomes


def _leased(seen: Ping) -> Ping | None:
    """The word as it stands now, if nobody else took it since it was looked up; others about its feed are merged."""
    now = timezone.now()
    unchanged = Ping.objects.filter(pk=seen.pk, result=PingResult.OWED, due_at=seen.due_at, attempts=seen.attempts)
    if not unchanged.update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    twins = Ping.objects.due(now).filter(hub=seen.hub, feed=seen.feed)
    twins.update(result=PingResult.MERGED, settled_at=now)
    return Ping.objects.get(pk=seen.pk)


def _tell(ping: Ping) -> str:
    """Name the feed in each of its forms to the hub; returns why that failed, empty where the hub has taken it."""
    if ping.hub not in settings.WEBSUB_HUBS:
        return _("Hub ini tidak lagi dipakai.")
    named = [("hub.url", site_address(in_form(ping.feed, form))) for form in FORMS]
    try:
        with _outside().get_session() as session:
            answer = session.post(ping.hub, data=[("hub.mode", "publish"), *named], stream=True)
            answer.close()
    except (RequestException, OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return "" if 200 <= answer.status_code < 300 else f"HTTP {answer.status_code}"


def _outside() -> Manager:
    """Requests that reach no address inside our own network, follow nobody and wait for nobody for long."""
    config: Any = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=settings.WEBSUB_ALLOW_LOOPBACK,
        never_redirect=True,
        default_timeout=TIMEOUT,
        user_agent_override=f"{settings.SITE_NAME} (+{site_address('/')})",
    )
    return Manager(config)


def _settle(ping: Ping, failure: str) -> PingResult:
    """Write down how the attempt ended, unless the lease ran out and somebody else has the word by now."""
    now = timezone.now()
    gives_up = failure and (ping.attempts >= MOST_ATTEMPTS or ping.hub not in settings.WEBSUB_HUBS)
    result = PingResult.FAILED if gives_up else PingResult.OWED if failure else PingResult.TOLD
    fields: dict[str, Any] = {"result": result, "failure": failure[:300]}
    if result == PingResult.OWED:
        fields["due_at"] = now + PAUSES[ping.attempts - 1]
    else:
        fields["settled_at"] = now
    Ping.objects.filter(pk=ping.pk, result=PingResult.OWED, attempts=ping.attempts).update(**fields)
    return result


def forget_pings() -> int:
    """Delete what was settled more than a month ago, some of it at a time; returns how many."""
    old = Ping.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).exclude(result=PingResult.OWED)
    keys = list(old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    return Ping.objects.filter(pk__in=keys).delete()[0]
