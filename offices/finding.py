"""Finding an office by what somebody types of its name or its region's."""

from django.db.models import Q, QuerySet

from offices.models import Office

MOST_WORDS = 8
LONGEST = 100


def words_in(typed: str) -> list[str]:
    """The first words of what was typed, without what no database can look for."""
    return typed.replace("\x00", "")[:LONGEST].split()[:MOST_WORDS]


def named(offices: QuerySet[Office], words: list[str]) -> QuerySet[Office]:
    """Those among `offices` in whose name or region each of `words` stands."""
    for word in words:
        place = Q(region__name__icontains=word) | Q(region__short_name__icontains=word)
        offices = offices.filter(place | Q(official_name__icontains=word) | Q(abbreviation__icontains=word))
    return offices
