"""Public lists are read from the index that was made for them, on both databases."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import agenda, archive, event_months, paging
from news.feeds.entries import newest
from news.listings import of_tag, of_term
from news.models import Article, Tag
from news.months import Month
from news.provinces import pages_of
from news.queries import Filters, output_since, rubrics_of
from news.reads import most_read
from news.years import years_of
from offices.models import Appointment, Office, Official

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
PUBLIC = Article.objects.published


def page(filters, query=None):
    return paging.page_of(filters.apply(PUBLIC().newest_first()), query or {})


READ = [
    ("public_output", lambda: archive.counts_by_day(DAY, DAY)),
    ("public_output", lambda: archive.latest_day_before(DAY)),
    ("public_output", lambda: archive.first_day_after(DAY)),
    ("public_output", lambda: pages_of(Q(published_on=DAY), "")),
    ("public_output", lambda: output_since(DAY)),
    ("public_coverage", lambda: pages_of(Q(event=1), "")),
    pytest.param(  # Of an empty table, PostgreSQL finds the index of days alone as good
        "public_by_rubric_and_day", lambda: years_of(PUBLIC().filter(rubric=1)), marks=pytest.mark.sqlite_only
    ),
    pytest.param(  # The same
        "public_by_office_and_day", lambda: years_of(PUBLIC().filter(office=1)), marks=pytest.mark.sqlite_only
    ),
    pytest.param(
        "public_by_office_and_rubric",
        lambda: list(PUBLIC().filter(office=1, rubric=1).newest_first()[:20]),
        marks=pytest.mark.sqlite_only,
    ),
    ("public_by_event", lambda: list(PUBLIC().filter(event=1).newest_first()[:20])),
    ("listed_by_tag_and_day", lambda: years_of(of_tag(Tag(pk=1)))),
    ("listed_by_tag", lambda: list(of_tag(Tag(pk=1))[:20])),
    ("listed_by_tag", lambda: page(Filters(tag=Tag(pk=1)))),
    ("listed_by_tag", lambda: page(Filters(tag=Tag(pk=1)), {paging.OLDER: "ff-1"})),
    ("listed_by_tag", lambda: page(Filters(tag=Tag(pk=1)), {paging.NEWER: "ff-1"})),
    ("listed_by_tag", lambda: page(Filters(tag=Tag(pk=1), date_from=DAY, date_to=DAY))),
    ("listed_by_tag", lambda: list(newest(Filters(tag=Tag(pk=1)), 20))),
    ("listed_by_official", lambda: page(Filters(official=Official(pk=1)))),
    ("listed_by_official", lambda: page(Filters(official=Official(pk=1), tag=Tag(pk=1)), {paging.OLDER: "ff-1"})),
    ("listed_by_official", lambda: list(newest(Filters(official=Official(pk=1)), 20))),
    ("listed_by_term", lambda: list(of_term(Official(pk=1), Appointment(pk=1))[:20])),
    pytest.param(  # PostgreSQL sees no order behind IS NULL, and may as well leaf through all of the official
        "listed_by_term", lambda: list(of_term(Official(pk=1), None)[:20]), marks=pytest.mark.sqlite_only
    ),
    ("public_events_by_time", lambda: list(agenda.upcoming(timezone.now())[:20])),
    ("public_events_by_time", lambda: list(agenda.past(timezone.now())[:20])),
    ("public_events_by_time", lambda: event_months.page_of(Month(2026, 11), "")),
    ("public_events_by_time", lambda: event_months.month_before(Month(2026, 11))),
    ("most_read_of_a_day", lambda: most_read(DAY, 5)),
]


def plan_of(read) -> str:
    """What the database says it would do for the first query of `read`; it may look at no table as a whole."""
    with CaptureQueriesContext(connection) as captured:
        read()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {captured.captured_queries[0]['sql']}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(("index", "read"), READ)
def test_a_list_is_read_from_its_index(index, read):
    assert index in plan_of(read)


@pytest.mark.parametrize("read", [pair[1] for pair in READ if pair[0] in ("listed_by_tag", "listed_by_official")])
def test_a_kept_list_is_read_in_its_order_and_sorted_by_nobody(read):
    plan = plan_of(read)
    assert ("TEMP B-TREE" in plan, "Sort" in plan) == (False, False), plan


@pytest.mark.sqlite_only
def test_the_rubrics_of_an_office_are_looked_up_one_by_one():
    """Of an empty table, PostgreSQL finds the narrower index as good."""
    assert "public_by_office_and_rubric" in plan_of(lambda: list(rubrics_of(Office(pk=1))))
