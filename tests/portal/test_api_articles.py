"""Articles and their changes in the API: what is told, how it is narrowed and paged, and what stays hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from news.models import Article
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    EventFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    province_office,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone
from tests.factories.unseen import STATES, hidden_articles, removed, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
ARTICLES, CHANGES = "/api/v1/articles/", "/api/v1/changes/"


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_A_MINUTE = 0


def headlines(response):
    assert response.status_code == 200, response.content
    return [row["headline"] for row in response.json()["results"]]


def full(client, edition):
    return client.get(f"{ARTICLES}{edition.article_id}/").json()


def test_the_list_shows_what_is_published_and_nothing_else(client):
    hidden = hidden_articles()
    published(headline="Yang terbit")
    for path in (ARTICLES, f"{ARTICLES}?diubah_sejak=2019-01-01", CHANGES):
        response = client.get(path)
        assert "Yang terbit" in response.content.decode()
        assert shows_none_of(response, hidden)


@pytest.mark.parametrize("make", STATES.values())
def test_no_article_of_another_state_has_an_address(client, make):
    edition = make(headline="Rahasia")
    response = client.get(f"{ARTICLES}{edition.article_id}/")
    assert response.status_code == (410 if make in (withdrawn, removed) else 404)
    assert "Rahasia" not in response.content.decode()


def test_a_draft_of_what_is_published_is_not_told(client):
    edition, editor = published(headline="Yang terbit", body="<p>Lama.</p>"), someone(Role.EDITOR, regency_office())
    newer = start_edition(edition.article, by=editor)
    newer.headline, newer.body = "Rahasia", "<p>Rahasia.</p>"
    newer.save()
    for path in (ARTICLES, f"{ARTICLES}{edition.article_id}/", CHANGES):
        response = client.get(path).content.decode()
        assert "Yang terbit" in response
        assert "Rahasia" not in response


def test_a_hidden_event_is_not_told_of(client):
    event = EventFactory(title="Rahasia", state="published")
    edition = published(event=event)
    type(event).objects.filter(pk=event.pk).update(state="draft")
    assert full(client, edition)["event"] is None


@pytest.mark.sqlite_only
class TestContent:
    @pytest.fixture
    def rich(self):
        """An article with everything that one can have, and the one it points to."""
        office = regency_office()
        term = AppointmentFactory(position=PositionFactory(office=office, title="Kepala Dinas"), kind="plt")
        other = published(headline="Yang ditunjuk")
        event = EventFactory(state="published", title="Rakornas", slug="rakornas", starts_at=NOON)
        return published(
            office,
            at=NOON,
            headline="Harga <ikan> & beras",
            deck="Turun.",
            body='<p>Satu, <a href="/berita/">baca</a>.</p><div class="kutipan" data-quote="1"></div>'
            f'<div class="baca-juga" data-article="{other.article_id}"></div><p>Dua.</p>',
            byline="Rekaan",
            rubric=RubricFactory(name="Ekonomi"),
            tags=("humas",),
            event=event,
            officials=(term.official,),
            quotes=({"number": 1, "text": "Harus sampai.", "speaker": term},),
            photos=(PhotoFactory(office),),
            documents=(AttachmentFactory(office, title="Pengumuman"),),
        )

    def test_a_summary_tells_where_when_and_who(self, client, rich):
        row = next(row for row in client.get(ARTICLES).json()["results"] if row["id"] == rich.article_id)
        assert row["url"] == f"http://testserver{rich.article.get_absolute_url()}"
        assert row["data_url"] == f"http://testserver{ARTICLES}{rich.article_id}/"
        assert (row["headline"], row["deck"]) == ("Harga <ikan> & beras", "Turun.")
        assert (row["published_at"], row["published_on"]) == ("2026-11-02T04:00:00Z", "2026-11-02")
        assert row["office"]["slug"] == "kantor-73-03"
        assert (row["region"]["code"], row["region"]["timezone"]) == ("73.03", "Asia/Makassar")
        assert row["rubric"]["slug"] == "ekonomi"
        assert row["lead"]["alt"] == "Foto contoh"

    def test_one_article_tells_everything_a_reader_is_told(self, client, rich):
        told = full(client, rich)
        assert (told["dateline_place"], told["dateline_on"], told["byline"]) == ("Bantaeng", "2026-11-01", "Rekaan")
        assert [tag["slug"] for tag in told["tags"]] == ["humas"]
        assert told["event"]["url"] == "http://testserver/agenda/2026/rakornas/"
        assert [person["title"] for person in told["officials"]] == ["Plt. Kepala Dinas"]
        assert (told["quotes"][0]["text"], told["quotes"][0]["speaker"]["title"]) == (
            "Harus sampai.",
            "Plt. Kepala Dinas",
        )
        assert (told["corrections"], told["versions"]) == ([], [])

    def test_the_body_reads_alike_elsewhere(self, client, rich):
        html = full(client, rich)["body_html"]
        assert '<a href="http://testserver/berita/"' in html
        assert "Harus sampai." in html
        assert "Yang ditunjuk" in html
        assert 'href="/' not in html

    def test_the_text_is_the_story_without_markup(self, client, rich):
        parts = full(client, rich)["body_text"].split("\n\n")
        assert parts[:2] == ["Bantaeng — Satu, baca.", "Harus sampai."]
        assert parts[-1] == "Dua."
        assert "Yang ditunjuk" not in parts

    def test_a_photo_has_its_words_and_sizes(self, client, rich):
        [photo] = full(client, rich)["photos"]
        assert (photo["caption"], photo["credit"], photo["alt"]) == ("Keterangan", "Humas", "Foto contoh")
        widest = photo["renditions"][-1]
        assert (widest["width"], widest["height"], widest["media_type"]) == (640, 400, "image/webp")
        assert client.get(widest["url"].removeprefix("http://testserver")).status_code == 200

    def test_a_document_can_be_fetched(self, client, rich):
        [document] = full(client, rich)["documents"]
        assert (document["title"], document["media_type"], document["pages"]) == ("Pengumuman", "application/pdf", 1)
        assert client.get(document["url"].removeprefix("http://testserver")).status_code == 200

    def test_what_it_points_to_vanishes_when_that_is_withdrawn(self, client, rich):
        other = Article.objects.exclude(pk=rich.article_id).get()
        take_step(other.live_edition, Step.WITHDRAW, by=someone(Role.MANAGER, regency_office()), note="Keliru.")
        assert "Yang ditunjuk" not in full(client, rich)["body_html"]

    def test_the_configured_address_of_the_site_is_used(self, client, rich, settings):
        settings.SITE_URL = "https://kabar.example"
        told = full(client, rich)
        assert told["url"].startswith("https://kabar.example/berita/")
        assert '<a href="https://kabar.example/berita/"' in told["body_html"]


@pytest.mark.sqlite_only
def test_a_correction_is_told_with_every_version(client):
    edition, editor = published(at=NOON), someone(Role.EDITOR, regency_office())
    newer = start_edition(edition.article, by=editor)
    newer.correction, newer.correction_note = "ralat", "Angkanya 12, bukan 21."
    newer.save()
    newer = save_content(newer, by=editor, version=newer.version)
    take_step(newer, Step.PUBLISH_URGENTLY, by=editor, note="Segera.")
    told = full(client, edition)
    assert [(row["number"], row["kind"], row["note"]) for row in told["versions"]] == [
        (2, "ralat", "Angkanya 12, bukan 21."),
        (1, "", ""),
    ]
    assert told["corrections"] == told["versions"][:1]
    assert told["published_at"] == "2026-11-02T04:00:00Z"


def test_the_list_is_narrowed_as_for_readers(client):
    term = AppointmentFactory(position=PositionFactory(office=regency_office()))
    event = EventFactory(state="published", starts_at=NOON, slug="rakornas")
    published(
        headline="Dicari",
        at=NOON,
        rubric=RubricFactory(name="Ekonomi"),
        tags=("humas",),
        event=event,
        officials=(term.official,),
    )
    published(province_office("91"), headline="Lain", at=NOON - timedelta(days=5))
    for query in (
        {"provinsi": "73"},
        {"rubrik": "ekonomi"},
        {"kantor": "kantor-73-03"},
        {"tag": "humas"},
        {"agenda": "2026/rakornas"},
        {"pejabat": term.official.slug},
        {"dari": "2026-11-01"},
        {"dari": "2026-11-02", "sampai": "2026-11-02", "provinsi": "73"},
    ):
        assert headlines(client.get(ARTICLES, query)) == ["Dicari"], query
    assert headlines(client.get(ARTICLES)) == ["Dicari", "Lain"]


class TestSearch:
    def test_words_are_found_as_readers_find_them(self, client):
        hidden = hidden_articles()
        published(headline="Panen cabai di lereng gunung")
        published(headline="Jembatan baru diresmikan", body="<p>Petani memanen cabai.</p>")
        published(province_office("91"), headline="Panen kopi")
        assert headlines(client.get(ARTICLES, {"q": "cabai"})) == [
            "Panen cabai di lereng gunung",
            "Jembatan baru diresmikan",
        ]
        assert headlines(client.get(ARTICLES, {"q": "panen", "provinsi": "91"})) == ["Panen kopi"]
        assert headlines(client.get(ARTICLES, {"q": "panen -kopi", "urut": "terbaru"})) == [
            "Jembatan baru diresmikan",
            "Panen cabai di lereng gunung",
        ]
        assert shows_none_of(client.get(ARTICLES, {"q": "naskah"}), hidden)

    @pytest.mark.parametrize("order", ["", "terbaru"])
    def test_what_is_found_is_leafed_through_and_back(self, client, order):
        for n in range(5):
            published(headline=f"Panen nomor {n}", at=NOON + timedelta(hours=n))
        first = client.get(ARTICLES, {"q": "panen", "limit": "2", "urut": order}).json()
        second = client.get(first["next"]).json()
        third = client.get(second["next"]).json()
        found = [row["headline"] for page in (first, second, third) for row in page["results"]]
        assert sorted(found) == [f"Panen nomor {n}" for n in range(5)]
        assert third["next"] is None
        assert client.get(third["previous"]).json()["results"] == second["results"]

    @pytest.mark.parametrize(
        "query", [{"q": "-kopi"}, {"q": "x" * 301}, {"q": "a", "urut": "x"}, {"q": "a", "diubah_sejak": "2026-01-01"}]
    )
    def test_a_question_without_sense_is_answered_with_a_sentence(self, client, query):
        response = client.get(ARTICLES, query)
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")

    def test_any_text_is_answered(self, client):
        published()
        for text in ("\0", "😀", '"', "a OR b*", "NEAR(", "\ufffd", "'", "%"):
            assert client.get(ARTICLES, {"q": text}).status_code in (200, 400), text


class TestPaging:
    def test_every_article_is_met_once_and_the_way_back_is_the_same(self, client):
        for n in range(5):
            published(headline=f"Berita {n}", at=NOON)
        pages, url = [], f"{ARTICLES}?limit=2&provinsi=73"
        while url:
            pages.append(client.get(url).json())
            url = pages[-1]["next"]
        assert [[row["headline"] for row in page["results"]] for page in pages] == [
            ["Berita 4", "Berita 3"],
            ["Berita 2", "Berita 1"],
            ["Berita 0"],
        ]
        assert "limit=2" in pages[0]["next"] and "provinsi=73" in pages[0]["next"]
        back = client.get(pages[2]["previous"]).json()
        assert back["results"] == pages[1]["results"]
        assert client.get(back["previous"]).json()["results"] == pages[0]["results"]
        assert pages[0]["previous"] is None

    @pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "", "9" * 5_000, "1e3", "1;1", "\0"])
    def test_a_limit_without_sense_is_answered_with_a_sentence(self, client, limit):
        response = client.get(ARTICLES, {"limit": limit})
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
        assert "“limit”" in response.json()["detail"]

    @pytest.mark.parametrize(
        "cursor", ["x", "o.", "z.1-1", "o.x", "n.-1", "o.1-1\0", "o." + "f" * 5_000, "o.1-" + "f" * 16]
    )
    def test_a_cursor_of_somebody_else_is_not_found(self, client, cursor):
        assert client.get(ARTICLES, {"kursor": cursor}).status_code == 404


class TestChanges:
    def test_they_come_latest_first_with_what_is_gone(self, client):
        kept, gone, away = published(headline="Tetap"), withdrawn(headline="Ditarik"), removed(headline="Dihapus")
        rows = client.get(CHANGES).json()["results"]
        assert [(row["id"], row["state"]) for row in rows] == [
            (away.article_id, "removed"),
            (gone.article_id, "withdrawn"),
            (kept.article_id, "live"),
        ]
        assert [row["article"] and row["article"]["headline"] for row in rows] == [None, None, "Tetap"]

    def test_an_old_article_that_was_corrected_is_new(self, client):
        old, _other = published(at=NOON - timedelta(days=900)), published()
        Article.objects.filter(pk=old.article_id).update(changed_at=timezone.now() + timedelta(minutes=5))
        assert [row["id"] for row in client.get(CHANGES).json()["results"]][0] == old.article_id

    @pytest.mark.parametrize("path", [ARTICLES, CHANGES])
    def test_only_what_changed_since_is_told(self, client, path):
        for day in (1, 2, 3):
            edition = published()
            Article.objects.filter(pk=edition.article_id).update(changed_at=NOON + timedelta(days=day))
        for since, count in (
            ("2026-11-04T04:00:00Z", 2),
            ("2026-11-04T11:00:00+07:00", 2),
            ("2026-11-04T11:00:00 07:00", 2),
            ("2026-11-05T03:59:00+23:59", 2),
            ("2026-11-04T11:00:01", 1),
            ("2026-11-05", 1),
            ("2026-11-06", 0),
            ("", 3),
        ):
            assert len(client.get(path, {"diubah_sejak": since}).json()["results"]) == count, since

    def test_the_way_on_keeps_what_was_asked(self, client):
        for day in (1, 2, 3):
            edition = published()
            Article.objects.filter(pk=edition.article_id).update(changed_at=NOON + timedelta(days=day))
        query = {"diubah_sejak": "2026-11-04T04:00:00+00:00", "limit": "1", "kantor": "kantor-73-03"}
        first = client.get(CHANGES, query).json()
        second = client.get(first["next"]).json()
        assert [row["changed_at"] for row in first["results"] + second["results"]] == [
            "2026-11-05T04:00:00Z",
            "2026-11-04T04:00:00Z",
        ]
        assert second["next"] is None

    def test_they_are_narrowed_by_place(self, client):
        near = withdrawn()
        published(province_office("91"))
        assert [row["id"] for row in client.get(CHANGES, {"provinsi": "73"}).json()["results"]] == [near.article_id]

    @pytest.mark.parametrize(
        "text",
        [
            "kemarin",
            "2026-13-01",
            "0001-01-01",
            "9999-12-31T23:59:59Z",
            "2026-11-04T99:00Z",
            "\0",
            "x" * 9_999,
            "2026-11-04T00:00+99:99",
        ],
    )
    def test_a_moment_that_is_none_is_answered_with_a_sentence(self, client, text):
        for path in (ARTICLES, CHANGES):
            response = client.get(path, {"diubah_sejak": text})
            assert response.status_code == 400
            assert "bukan waktu yang dikenal" in response.json()["detail"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [(ARTICLES, 2), (f"{ARTICLES}?provinsi=73&tag=humas", 4), (f"{ARTICLES}?q=judul", 5), (CHANGES, 9), ("one", 8)],
)
def test_the_api_takes_the_same_few_queries(client, django_assert_num_queries, path, queries, rows):
    other = published(province_office("91"))
    for _ in range(rows):
        edition = published(
            tags=("humas",),
            photos=(PhotoFactory(),),
            body=f"<p>x</p><div class='baca-juga' data-article='{other.article_id}'></div>",
        )
    path = f"{ARTICLES}{edition.article_id}/" if path == "one" else path
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
