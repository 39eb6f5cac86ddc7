"""The archive by local day: which days have news, how much, and which day or month comes next.

Everything here is answered by the index `public_output`: a month from the entries of that month and a year from those
of that year, however long the archive is.
"""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from news.models import Article
from news.queries import FIRST_ZONE

DAY = timedelta(days=1)


def last_day() -> date:
    """Today where the day begins first: no office can have published later."""
    return timezone.localdate(timezone=FIRST_ZONE)


def latest_day_before(day: date) -> date | None:
    """The last day before `day` with public news."""
    rows = Article.objects.published().filter(published_on__lt=day).order_by("-published_on")
    return rows.values_list("published_on", flat=True).first()


def first_day_after(day: date) -> date | None:
    """The first day after `day` with public news."""
    rows = Article.objects.published().filter(published_on__gt=day).order_by("published_on")
    return rows.values_list("published_on", flat=True).first()


def counts_by_day(first: date, last: date) -> dict[date, int]:
    """How much was published on each day from `first` to `last`, both included; days without news are left out."""
    rows = Article.objects.published().filter(published_on__gte=first, published_on__lte=last)
    return dict(rows.order_by().values_list("published_on").annotate(Count("pk")))


def counts_by_month(year: int) -> dict[int, int]:
    """How much was published in each month of `year`; months without news are left out."""
    months: Counter[int] = Counter()
    for day, count in counts_by_day(date(year, 1, 1), date(year, 12, 31)).items():
        months[day.month] += count
    return dict(months)
