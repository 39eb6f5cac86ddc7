"""Links to our own pages are followed in the tables: what leads readers nowhere is said, with what it leads to."""

import pytest

from news.models import Address, Article
from news.readiness import warnings
from news.readiness.links import dead_links, own_path
from news.readiness.manuscript import Manuscript
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import (
    EventFactory,
    OfficialFactory,
    drafted,
    province_office,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import BODY, someone

pytestmark = pytest.mark.django_db


def faults(*hrefs):
    body = BODY + "".join(f'<p><a href="{href}">tautan</a></p>' for href in hrefs)
    return [doubt for doubt in warnings(drafted(body=body)) if doubt.startswith("Tautan")]


def fault(href):
    [sentence] = faults(href)
    return sentence.removeprefix(f"Tautan “{href}” di isi berita ")


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("/berita/", "/berita/"),
        ("http://testserver/berita/?q=1#a", "/berita/"),
        ("https://TESTSERVER", "/"),
        ("//testserver/a%20b/", "/a b/"),
        ("www.contoh.go.id/berita", "/berita/0000/00/berita/www.contoh.go.id/berita"),
        ("https://contoh.go.id/berita/", None),
        ("mailto:humas@testserver", None),
        ("tel:123", None),
        ("#atas", None),
        ("?q=1", None),
        ("", None),
        ("http://[::1", None),
        ("//[x", None),
    ],
)
def test_a_link_to_our_own_site_is_known_by_its_host(href, path):
    assert own_path(href) == path


def test_the_configured_address_is_our_own_and_a_wildcard_is_not(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://kabar.example.go.id", ["*"]

    assert own_path("https://kabar.example.go.id/x/") == "/x/"
    assert own_path("https://lain.example.org/x/") is None


def test_links_to_public_pages_raise_no_doubt():
    article = published(regency_office("73.71"), tags=("humas",)).article
    event = EventFactory(state="published")
    official = OfficialFactory()
    day = Article.objects.get(pk=article.pk)

    good = faults(
        "/",
        day.get_absolute_url(),
        day.get_absolute_url().rstrip("/"),
        f"http://testserver{day.get_absolute_url()}",
        f"{day.office.get_absolute_url()}",
        f"/kantor/{day.office.slug}/feed/",
        day.office.region.get_absolute_url(),
        event.get_absolute_url(),
        f"{event.get_absolute_url()}agenda.ics",
        official.get_absolute_url(),
        "/tag/humas/",
        day.rubric.get_absolute_url(),
        "/berita/?provinsi=73",
        "/static/favicon.svg",
        "/media/photos/aa/bb/640.webp",
        "https://contoh.go.id/mati/",
    )

    assert good == []


@pytest.mark.parametrize(
    "href",
    ["/tidak-ada/", "berita/lain", "www.contoh.go.id", "/berita/2019/13/x/", "http://localhost/tidak/ada"],
)
def test_an_address_that_opens_no_page_is_said(href):
    assert fault(href) == "tidak membuka halaman apa pun di situs ini; periksa alamatnya."


@pytest.mark.parametrize(
    "href",
    ["/kantor/tidak-ada/", "/kantor/tidak-ada/feed/", "/wilayah/99/", "/pejabat/x/", "/rubrik/x/", "/tag/x/feed/"],
)
def test_a_page_of_nothing_is_said(href):
    assert fault(href) == "menuju halaman yang tidak ada; periksa alamatnya."


@pytest.mark.parametrize("href", ["/admin/news/article/1/change/", "/pusat/", "/pratinjau/abc/"])
def test_a_page_for_staff_is_said(href):
    assert fault(href) == "menuju halaman yang hanya terbuka bagi redaksi."


def test_what_became_of_an_article_is_said():
    office = regency_office("73.71")
    gone = withdrawn(office, headline="Ditarik kembali").article
    removed = published(office, headline="Dihapus lagi").article
    take_step(removed.live_edition, Step.REMOVE, by=someone(Role.MANAGER, office), note="Salah.")
    drafted(office)

    assert fault(gone.get_absolute_url()) == "menuju berita yang sudah ditarik."
    assert fault(removed.get_absolute_url()) == "menuju berita yang sudah dihapus dari publik."
    assert fault("/berita/2019/12/tidak-ada/") == "menuju berita yang tidak ada; periksa alamatnya."


def test_a_removed_article_that_leads_elsewhere_is_said_to_do_so():
    office = regency_office("73.71")
    removed, instead = (published(office, headline=f"Berita {word}").article for word in ("salah", "benar"))

    manager = someone(Role.MANAGER, office)
    take_step(removed.live_edition, Step.REMOVE, by=manager, note="Salah.", redirect_to=instead)

    assert fault(removed.get_absolute_url()) == (
        "menuju berita yang sudah dihapus dari publik; pembaca dialihkan ke berita lain."
    )


def test_a_former_address_is_said_to_be_a_redirect():
    article = Article.objects.get(pk=published(headline="Alamat sekarang").article_id)
    Address.objects.create(
        article=article, year=article.published_on.year, month=article.published_on.month, slug="lama"
    )
    former = article.get_absolute_url().replace(article.slug, "lama")

    assert fault(former) == (f"memakai alamat lama; pembaca dialihkan. Lebih baik pakai {article.get_absolute_url()}.")


def test_an_event_that_is_not_announced_is_said():
    draft = EventFactory(state="draft", starts_at=EventFactory().starts_at)

    assert fault(draft.get_absolute_url()) == "menuju agenda yang tidak ada atau belum diumumkan."


def test_a_link_is_said_once_and_long_ones_are_cut():
    long = "/" + "x" * 300

    assert len(faults("/tidak-ada/", "/tidak-ada/")) == 1
    assert faults(long) == [
        f"Tautan “{long[:119]}…” di isi berita tidak membuka halaman apa pun di situs ini; periksa alamatnya."
    ]


def test_links_of_every_kind_cost_one_query_each_however_many(django_assert_num_queries):
    def costs(times):
        kinds = "/kantor/{}/", "/wilayah/1{}/", "/pejabat/x{}/", "/rubrik/x{}/", "/tag/x{}/", "/berita/2019/12/x{}/"
        kinds += ("/agenda/2019/x{}/",)
        body = "".join(f'<p><a href="{kind.format(n)}">x</a></p>' for kind in kinds for n in range(times))
        return Manuscript(drafted(body=body))

    for manuscript in (costs(1), costs(3)):
        with django_assert_num_queries(7):
            assert len(list(dead_links(manuscript))) in (7, 21)


def test_an_old_story_is_linked_by_its_day():
    article = Article.objects.get(pk=published(province_office()).article_id)
    year_before = f"/berita/{article.published_on.year - 1}/01/{article.slug}/"

    assert fault(year_before) == "menuju berita yang tidak ada; periksa alamatnya."
