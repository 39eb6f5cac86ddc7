"""Reads: counted without cookies, in batches, for what is public only."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import reads
from news.models import ReadCount
from news.reads import add_reads, is_machine, most_read, reads_lately, waiting
from offices.roles import Role
from tests.factories import drafted, published, regency_office, withdrawn
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
OURS = {"User-Agent": BROWSER, "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
LATE = datetime(2026, 11, 1, 15, 30, tzinfo=UTC)  # 23.30 WITA, and half an hour later the next day
NEXT_DAY = LATE + timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_waits():
    """What a test leaves waiting would be written in another one's database."""
    waiting._reads.clear()
    yield
    waiting._reads.clear()


def sent(client, article_id, **headers):
    return client.post(f"/dibaca/{article_id}/", headers={**OURS, **headers})


def counts():
    return {(row.article_id, row.day): row.reads for row in ReadCount.objects.all()}


def test_a_read_costs_no_database_work_and_sets_no_cookie(client, django_assert_num_queries):
    edition = published()
    with django_assert_num_queries(0):
        response = sent(client, edition.article_id)
    assert (response.status_code, response.content, dict(response.cookies)) == (204, b"", {})
    assert ReadCount.objects.count() == 0


def test_reads_are_counted_on_the_day_of_the_offices_clock():
    article = published(regency_office("73.03")).article
    add_reads([(article.pk, LATE), (article.pk, LATE), (article.pk, NEXT_DAY)])
    add_reads([(article.pk, LATE)])
    assert counts() == {(article.pk, date(2026, 11, 1)): 3, (article.pk, date(2026, 11, 2)): 1}


def test_only_what_is_public_is_counted():
    hidden = [drafted().article_id, withdrawn().article_id, 987_654]
    add_reads([(article_id, LATE) for article_id in hidden])
    assert counts() == {}


def test_a_batch_of_any_size_of_one_article_takes_the_same_queries(django_assert_num_queries):
    article = published().article
    add_reads([(article.pk, LATE)])
    for times in (1, 40):
        with django_assert_num_queries(5):
            add_reads([(article.pk, LATE)] * times)


def test_the_beacon_counts_after_the_batch_is_written(client):
    article = published().article
    for _ in range(3):
        sent(client, article.pk)
    waiting.write()
    today = article.office.local_day(timezone.now())
    assert counts() == {(article.pk, today): 3}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": ""},
    ],
)
def test_machines_and_other_sites_are_not_counted_and_are_told_nothing(client, headers):
    article = published().article
    assert sent(client, article.pk, **headers).status_code == 204
    waiting.write()
    assert counts() == {}


def test_a_get_is_refused(client):
    assert client.get(f"/dibaca/{published().article_id}/").status_code == 405


def test_a_number_that_no_row_can_have_is_not_kept(client):
    assert sent(client, 2**64).status_code == 204
    assert waiting._reads == []


def test_a_reader_with_a_telephone_of_the_name_is_no_machine():
    assert not is_machine(BROWSER)
    assert is_machine("AhrefsBot/7.0") and is_machine("curl/8.5") and is_machine("")


def test_what_waits_is_bounded(monkeypatch):
    monkeypatch.setattr(reads, "MOST_WAITING", 3)
    for number in range(9):
        waiting.note(number + 900_000)
    assert len(waiting._reads) == 3


@pytest.mark.django_db(transaction=True)
def test_the_writer_comes_by_itself_once_enough_waits(monkeypatch):
    monkeypatch.setattr(reads, "BATCH", 2)
    fresh, article = reads.Waiting(), published().article
    fresh.note(article.pk)
    writer = fresh._writer
    assert writer.is_alive()
    fresh.note(article.pk)
    writer.join(timeout=20)
    assert list(counts().values()) == [2]
    assert fresh._writer is None


@pytest.mark.django_db(transaction=True)
def test_the_writer_comes_by_itself_after_its_seconds(monkeypatch):
    monkeypatch.setattr(reads, "SECONDS", 0.05)
    fresh, article = reads.Waiting(), published().article
    fresh.note(article.pk)
    fresh._writer.join(timeout=20)
    assert list(counts().values()) == [1]


def test_the_last_seven_days_are_added_up_in_one_query():
    one, other = published().article, published().article
    day = date(2026, 11, 10)
    for article, back, times in ((one, 0, 2), (one, 6, 3), (one, 7, 100), (other, 1, 5), (other, -1, 100)):
        ReadCount.objects.create(article=article, day=day - timedelta(days=back), reads=times)
    with CaptureQueriesContext(connection) as asked:
        assert reads_lately([one, other], day) == {one.pk: 5, other.pk: 5}
    assert len(asked) == 1


def test_the_page_of_an_article_says_where_to_and_loads_the_script(client):
    edition = published()
    page = client.get(edition.article.get_absolute_url()).content.decode()
    assert f'data-read="/dibaca/{edition.article_id}/"' in page
    assert "js/read.js" in page


def test_a_preview_and_a_notice_of_withdrawal_count_nothing(client):
    gone, article = withdrawn(), published().article
    client.force_login(someone(Role.EDITOR, article.office))
    for address in (gone.article.get_absolute_url(), f"/admin/news/article/{article.pk}/preview/"):
        page = client.get(address).content.decode()
        assert "data-read" not in page and "read.js" not in page


def test_the_script_is_small_and_stores_nothing():
    text = Path(settings.BASE_DIR / "static/js/read.js").read_text(encoding="utf-8")
    assert len(text) <= 512
    assert not any(word in text for word in ("document.cookie", "localStorage", "sessionStorage", "fetch("))


def test_the_most_read_come_first_and_equals_by_their_age():
    articles = [published().article_id for _ in range(4)]
    for article_id, times in zip(articles, (1, 3, 3, 2), strict=True):
        add_reads([(article_id, LATE)] * times)
    assert most_read(date(2026, 11, 1), 3) == [articles[2], articles[1], articles[3]]


def test_a_little_every_day_is_more_than_much_once():
    steady, once = published().article_id, published().article_id
    add_reads([(steady, LATE - timedelta(days=days)) for days in range(7)])
    add_reads([(once, LATE)] * 6)
    assert most_read(date(2026, 11, 1), 2) == [steady, once]


def test_the_most_read_takes_one_query(django_assert_num_queries):
    add_reads([(published().article_id, LATE) for _ in range(3)])
    with django_assert_num_queries(1):
        assert len(most_read(date(2026, 11, 1), 5)) == 3
