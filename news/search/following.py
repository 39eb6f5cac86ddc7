"""Follows what is renamed around articles: whatever the audit trail says has changed makes their rows stale."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from news.models import Article, SearchBuild
from news.search.indexing import current_build, mark_stale
from offices.models import Entry, Kind

SETTLED = timedelta(minutes=1)
"""So old an entry is before it is read: one with a lower key may still be in a transaction until then."""
PER_TICK = 500

SPOKEN_OF: dict[str, Callable[[str], Q]] = {
    "offices.office": lambda key: Q(office=key),
    "offices.region": lambda key: Q(office__region=key) | Q(province=key),
    "offices.official": lambda key: (
        Q(live_edition__mentions__official=key) | Q(live_edition__quotes__speaker__official=key)
    ),
    "offices.position": lambda key: (
        Q(live_edition__mentions__appointment__position=key) | Q(live_edition__quotes__speaker__position=key)
    ),
    "offices.appointment": lambda key: (
        Q(live_edition__mentions__appointment=key) | Q(live_edition__quotes__speaker=key)
    ),
    "news.tag": lambda key: Q(live_edition__tagged__tag=key),
    "news.rubric": lambda key: Q(rubric=key),
    "news.event": lambda key: Q(live_edition__event=key),
}
"""By the model of what was changed, the articles whose surroundings name it."""


def follow_names() -> int:
    """Mark the rows of articles around which something was renamed since the last call; returns how many things."""
    build = current_build()
    fresh = Entry.objects.filter(pk__gt=build.seen, at__lt=timezone.now() - SETTLED).order_by("pk")
    read = list(fresh.values_list("pk", "kind", "thing_model", "thing_key")[:PER_TICK])
    changed = {(model, key) for _pk, kind, model, key in read if kind == Kind.CHANGED and model in SPOKEN_OF and key}
    for model, key in sorted(changed):
        mark_stale(Article.objects.published().filter(SPOKEN_OF[model](key)))
    if read:
        SearchBuild.objects.filter(pk=build.pk).update(seen=read[-1][0])
    return len(changed)
