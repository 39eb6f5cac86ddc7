"""Tags as they are chosen: what fits what somebody types, and the spelling that is already in use."""

import re
from collections.abc import Iterable

from django.db.models import Case, OuterRef, Q, QuerySet, Value, When
from django.utils.text import slugify

from news.models import Tag, TaggedEdition
from news.models.editions import TAG_COUNT_CAP, CappedCount

MOST_SUGGESTED = 10
LONGEST_TERM = 100


def suggested(term: str, tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """At most 10 of `tags` that hold `term`, those that begin with it first, with their uses counted up to the cap."""
    term = term.replace("\x00", "").strip()[:LONGEST_TERM]
    uses = TaggedEdition.objects.filter(tag=OuterRef("pk")).values("pk")[:TAG_COUNT_CAP]
    begins = Case(When(name__istartswith=term, then=Value(0)), default=Value(1))
    found = tags.filter(Q(name__icontains=term) | Q(slug__startswith=slugify(term) or "-"))
    return found.annotate(uses=CappedCount(uses), begins=begins).order_by("begins", "-uses", "name")[:MOST_SUGGESTED]


def settled(names: Iterable[str]) -> list[str]:
    """`names` in the spellings already in use: "rakornas" is "Rakornas", "HUT-RI" is "hut ri"; sorted, each once."""
    names = list(names)
    addresses = {slugify(name) for name in names} - {""}
    known = {alike(name): name for name in Tag.objects.filter(slug__in=addresses).values_list("name", flat=True)}
    chosen = {alike(name): known.get(alike(name), name) for name in sorted(names, reverse=True)}
    return sorted(chosen.values())


def alike(name: str) -> str:
    """What two spellings of one tag have in common."""
    return re.sub(r"[\s_-]+", " ", name.casefold()).strip()
