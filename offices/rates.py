"""How often one address may ask: counted over the last minute, in the cache that the processes share."""

import math
from dataclasses import dataclass
from time import time

from django.core.cache import cache

WINDOW = 60  # seconds


@dataclass(frozen=True)
class Allowance:
    """What an address may still ask: `left` of `limit` requests; in `wait` seconds there is more, 0 where some is left.

    `spent` tells whether the request at hand was counted, which a refused one is not.
    """

    limit: int
    left: int
    wait: int
    spent: bool

    def headers(self) -> dict[str, str]:
        """As the IETF's draft on rate limit headers writes them, with Retry-After where the request was refused."""
        told = {
            "RateLimit-Policy": f'"menit";q={self.limit};w={WINDOW}',
            "RateLimit": f'"menit";r={self.left};t={self.wait or WINDOW}',
        }
        return told if self.spent else {**told, "Retry-After": str(self.wait)}


def spend(name: str, limit: int) -> Allowance:
    """Count one request under `name`, unless `limit` of them were counted within the last minute.

    Two counters, of the present minute and of the one before, stand for the sliding minute: the older one weighs less
    the longer it is past. Counting is one atomic addition, so nothing is lost between processes; what many of them ask
    in the same instant may exceed the limit by as many.
    """
    minute, share = divmod(time() / WINDOW, 1)
    now, before = f"asked:{name}:{minute:.0f}", f"asked:{name}:{minute - 1:.0f}"
    counts = cache.get_many([now, before])
    current, previous = counts.get(now, 0), counts.get(before, 0)
    free = limit - current - math.floor(previous * (1 - share))
    if free < 1:
        return Allowance(limit, 0, _wait(limit, current, previous, share), spent=False)
    _count(now)
    return Allowance(limit, free - 1, 0 if free > 1 else 1, spent=True)


def _count(key: str) -> None:
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        cache.incr(key)
    except ValueError:  # thrown out of a full cache in between
        cache.set(key, 1, timeout=2 * WINDOW)


def _wait(limit: int, current: int, previous: int, share: float) -> int:
    """Seconds until less than `limit` is counted again, at least one."""
    if current < limit:
        room = 1 - (limit - current) / previous - share
    else:
        room = 1 - share + 1 - limit / current
    return max(1, math.ceil(room * WINDOW) + 1)
