"""Cards for links: what stands on them, when they are drawn, and that none outlives its story."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageChops

from news.addresses import change_address
from news.cards.drawing import HEADLINES, Wording, draw_card
from news.cards.lettering import Style, fitted, writable
from news.images import SHARE_BYTES
from news.models import Article, ShareCard
from news.sharecards import CARDS, of_event, of_office, owe_all_cards, settle
from news.states import SPENT, TABLE, State, Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.maps import PROVINCES
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    submitted,
    withdrawn,
)
from tests.factories.news import picture_file, someone
from tests.factories.unseen import hidden_articles

NASTY = "Čapek\x00 😀 “kutip” \u202e عربي ꦱꦫ 漢字"


def wording(**fields) -> Wording:
    return Wording(
        **{
            "headline": "Bantaeng di Rakornas",
            "place": "Kabupaten Bantaeng",
            "above": "Sulawesi Selatan",
            "zone": "WITA",
            "source": "Dinas Komunikasi dan Informatika",
            "site": "Kabar Daerah",
            "code": "73.03",
            **fields,
        }
    )


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def differ(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(opened(one), opened(other)).getbbox() is not None


@pytest.mark.parametrize("photo", [None, picture_file(1600, 1000).read()], ids=["outline", "photo"])
def test_a_card_is_a_light_jpeg_and_the_same_every_time(photo):
    card = draw_card(wording(), photo)
    assert (opened(card).format, opened(card).size) == ("JPEG", (1200, 630))
    assert len(card) <= SHARE_BYTES
    assert card == draw_card(wording(), photo)


@pytest.mark.parametrize("part", ["headline", "place", "above", "zone", "source", "site", "code"])
def test_every_part_of_the_wording_is_seen(part):
    assert differ(draw_card(wording()), draw_card(wording(**{part: "14" if part == "code" else "Lain"})))


def test_the_photo_is_seen_around_its_focal_point():
    image = Image.new("RGB", (1200, 1800), "white")
    image.paste("red", (0, 1600, 1200, 1800))
    target = BytesIO()
    image.save(target, "PNG")
    high, low = (opened(draw_card(wording(), target.getvalue(), (0.5, y))) for y in (0.0, 1.0))
    assert high.getpixel((600, 130)) > (240, 240, 240)
    assert low.getpixel((600, 620))[0] > low.getpixel((600, 620))[1]


@pytest.mark.parametrize("headline", ["", " ", "x", "X" * 160, "kata " * 32, NASTY, "😀", "A" * 10_000])
def test_no_headline_breaks_a_card(headline):
    assert opened(draw_card(wording(headline=headline, source=headline, place=headline))).size == (1200, 630)


@pytest.mark.parametrize("code", [*sorted(PROVINCES)[::8], "00", "99", ""])
def test_every_province_has_its_ground(code):
    card = opened(draw_card(wording(code=code)))
    assert card.size == (1200, 630)


def test_signs_that_the_typeface_lacks_are_left_out_and_all_latin_ones_are_there():
    assert writable(NASTY) == "Čapek “kutip”"
    assert writable("Ñandú, façade — ‘é’ Ā ū ş €") == "Ñandú, façade — ‘é’ Ā ū ş €"
    assert writable("dua\nbaris\t rapat") == "dua baris rapat"


def test_a_long_headline_shrinks_before_it_is_cut():
    short, long = "Kata pendek", "kata yang agak panjang " * 6
    assert fitted(short, HEADLINES, 1072, 4) == (HEADLINES[0], [short])
    style, lines = fitted(long.strip(), HEADLINES, 1072, 4)
    assert style.size < HEADLINES[0].size
    assert " ".join(lines) == long.strip()
    style, lines = fitted("kata yang panjang sekali " * 20, HEADLINES, 1072, 4)
    assert (style, len(lines), lines[-1][-1]) == (HEADLINES[-1], 4, "…")


def test_no_line_is_wider_than_the_card_and_no_word_stands_alone_where_it_need_not():
    style, lines = fitted("Bantaeng di Rakornas: humas pemerintah perlu cara berpikir baru", HEADLINES, 1072, 4)
    assert all(style.width(line) <= 1072 for line in lines)
    assert len(lines[-1].split()) > 1
    assert Style(60, 800).cut("Bantaeng, Rakornas", 400) == "Bantaeng…"


def card_path(edition) -> str:
    return f"{Article.objects.get(pk=edition.article_id).get_absolute_url()}kartu.jpg"


def head(client, path: str) -> str:
    return client.get(path).content.decode().partition("</head>")[0]


@pytest.mark.django_db
def test_the_card_of_an_article_is_owed_at_publication_and_named_once_it_is_drawn(client):
    edition = published(photos=(PhotoFactory(),), headline="Judul & <kartu>")
    path = card_path(edition)
    before = head(client, path.removesuffix("kartu.jpg"))
    assert client.get(path).status_code == 404
    assert "share.jpg" in before
    assert CARDS.catch_up() == 1
    sent = client.get(path)
    assert (sent.status_code, sent["Content-Type"]) == (200, "image/jpeg")
    digest = hashlib.sha256(sent.content).hexdigest()
    after = head(client, path.removesuffix("kartu.jpg"))
    assert f'<meta property="og:image" content="http://testserver{path}?v={digest[:8]}">' in after
    assert '<meta property="og:image:width" content="1200">' in after
    assert '<meta property="og:image:height" content="630">' in after
    assert 'og:image:alt" content="Judul &amp; &lt;kartu&gt; — Dinas Komunikasi' in after
    assert "share.jpg" not in after.partition("ld+json")[0]
    assert CARDS.catch_up() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("make", [drafted, submitted])
def test_what_is_not_published_owes_no_card(make):
    make()
    assert not ShareCard.objects.exists()


@pytest.mark.django_db
def test_nothing_unpublished_has_a_card(client):
    hidden_articles()
    CARDS.catch_up()
    for article in Article.objects.exclude(published_on=None):
        for headers in ({}, {"If-None-Match": "*"}):
            assert client.get(f"{article.get_absolute_url()}kartu.jpg", headers=headers).status_code == 404


@pytest.mark.django_db
def test_a_card_goes_with_a_withdrawal_and_comes_back_with_it(client):
    edition = published()
    CARDS.catch_up()
    path, manager = card_path(edition), someone(Role.MANAGER, edition.article.office)
    etag = client.get(path)["ETag"]
    take_step(edition, Step.WITHDRAW, by=manager, note="Keliru.")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 404
    assert ".jpg" not in head(client, path.removesuffix("kartu.jpg"))
    take_step(edition, Step.REINSTATE, by=manager, note="Benar.")
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_a_withdrawal_before_the_card_is_drawn_leaves_nothing_to_see(client):
    edition = withdrawn()
    assert CARDS.catch_up() == 1
    assert client.get(card_path(edition)).status_code == 404


def correct(edition, headline):
    """Publish a correction of `edition` with that headline."""
    office = edition.article.office
    editor = someone(Role.EDITOR, office)
    newer = start_edition(edition.article, by=editor)
    newer.headline, newer.correction, newer.correction_note = headline, "ralat", "Ada yang keliru."
    newer.save()
    newer = save_content(newer, by=editor, version=newer.version)
    take_step(newer, Step.SUBMIT, by=editor)
    take_step(newer, Step.APPROVE, by=member(Role.EDITOR, office))
    take_step(newer, Step.PUBLISH, by=editor)
    return newer


@pytest.mark.django_db
def test_a_correction_draws_the_card_anew_under_another_address(client):
    office = regency_office()
    edition = published(office, headline="Judul lama")
    CARDS.catch_up()
    path = card_path(edition)
    old = client.get(path).content
    correct(edition, headline="Judul baru")
    assert client.get(path).status_code == 404
    CARDS.catch_up()
    assert differ(old, client.get(path).content)
    assert hashlib.sha256(old).hexdigest()[:8] not in head(client, path.removesuffix("kartu.jpg"))


def test_no_step_leads_an_edition_back_to_readers_once_it_is_spent():
    assert [step for step, rule in TABLE.items() if set(rule.sources) & set(SPENT)] == []


@pytest.mark.django_db
def test_the_card_of_a_superseded_edition_is_removed_and_that_of_the_newer_one_stays(client):
    edition = published(headline="Judul lama")
    CARDS.catch_up()
    old = ShareCard.objects.get().name
    newer = correct(edition, headline="Judul baru")
    assert CARDS.catch_up() == 2
    card = ShareCard.objects.get()
    assert (card.edition_id, card.due_at) == (newer.pk, None)
    assert (storages["private"].exists(old), storages["private"].exists(card.name)) == (False, True)
    assert client.get(card_path(edition)).status_code == 200


@pytest.mark.django_db
def test_a_picture_that_a_newer_edition_shows_too_stays(client):
    edition = published(headline="Judul yang tetap")
    CARDS.catch_up()
    card = ShareCard.objects.get().name
    correct(edition, headline="Judul yang tetap")
    CARDS.catch_up()
    CARDS.catch_up()
    assert ShareCard.objects.get().name == card
    assert client.get(card_path(edition)).status_code == 200


@pytest.mark.django_db
def test_the_card_of_a_removed_article_is_removed_and_that_of_a_withdrawn_one_waits():
    edition = published()
    withdrawn()
    CARDS.catch_up()
    picture = ShareCard.objects.get(edition=edition).name
    take_step(edition, Step.REMOVE, by=someone(Role.MANAGER, edition.article.office), note="Salah alamat.")
    CARDS.catch_up()
    assert ShareCard.objects.get().edition.state == State.WITHDRAWN
    assert not storages["private"].exists(picture)


@pytest.mark.django_db
def test_what_is_owed_anew_while_a_card_is_being_drawn_is_not_forgotten():
    published()
    being_drawn = CARDS.owing().get()
    CARDS.owe(ShareCard.objects.all())
    settle(being_drawn)
    assert CARDS.catch_up() == 1
    assert ShareCard.objects.get().due_at is None


@pytest.mark.django_db
def test_a_former_address_leads_to_the_card(client):
    edition = published()
    CARDS.catch_up()
    former = card_path(edition)
    change_address(edition.article, "alamat-baru", by=someone(Role.EDITOR, edition.article.office))
    response = client.get(former)
    assert (response.status_code, response["Location"]) == (301, card_path(edition))


@pytest.mark.django_db
def test_a_lost_card_is_drawn_again(client):
    edition = published()
    CARDS.catch_up()
    storages["private"].delete(ShareCard.objects.get().name)
    assert client.get(card_path(edition)).status_code == 404
    assert CARDS.catch_up() == 1
    assert client.get(card_path(edition)).status_code == 200


@pytest.mark.django_db
def test_a_card_whose_photo_is_lost_is_given_up_and_the_photo_stands_in(client):
    photo = PhotoFactory()
    edition = published(photos=(photo,))
    storages["private"].delete(photo.original.name)
    assert CARDS.catch_up() == 0
    assert ShareCard.objects.get().due_at > timezone.now()
    assert "share.jpg" in head(client, card_path(edition).removesuffix("kartu.jpg"))


@pytest.mark.django_db
def test_all_cards_can_be_drawn_anew_also_those_that_never_were():
    published()
    published()
    CARDS.catch_up()
    ShareCard.objects.first().delete()
    owe_all_cards()
    assert CARDS.catch_up() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_card_costs_its_article_no_query_and_itself_one(client, django_assert_num_queries, rows):
    for _n in range(rows):
        edition = published(photos=(PhotoFactory(),))
    CARDS.catch_up()
    path = card_path(edition)
    with django_assert_num_queries(1):
        client.get(path)


@pytest.mark.django_db
def test_offices_officials_events_and_every_other_page_have_cards_of_their_own(client):
    office = regency_office()
    ministry()
    event = EventFactory(state="published", organiser=office)
    term = AppointmentFactory(position=PositionFactory(office=office))
    published(office)
    pages = {
        office.get_absolute_url(): f"{office.get_absolute_url()}kartu.jpg?v=",
        event.get_absolute_url(): f"{event.get_absolute_url()}kartu.jpg?v=",
        term.official.get_absolute_url(): f"{term.official.get_absolute_url()}kartu.jpg?v=",
        "/": "/kartu.jpg",
        "/berita/": "/kartu.jpg",
        "/kantor/": "/kartu.jpg",
    }
    cards = set()
    for page, card in pages.items():
        address = head(client, page).partition('og:image" content="http://testserver')[2].partition('"')[0]
        assert address.startswith(card), page
        assert opened(client.get(address).content).size == (1200, 630)
        cards.add(client.get(address).content)
    assert len(cards) == 4


@pytest.mark.django_db
def test_a_card_drawn_when_asked_for_is_drawn_once_and_follows_the_name(client):
    office = regency_office()
    path = reverse("office_card", args=[office.slug])
    first = client.get(path).content
    assert client.get(path).content == first
    former = of_office(office)
    type(office).objects.update(official_name="Dinas Lain")
    office.refresh_from_db()
    assert of_office(office) != former
    assert differ(first, client.get(path).content)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/kantor/tidak-ada/kartu.jpg", "/pejabat/tidak-ada/kartu.jpg", "/kartu.jpg"])
def test_what_does_not_exist_has_no_card(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_an_event_that_is_not_announced_and_an_official_without_a_position_have_none(client):
    event = EventFactory()
    assert client.get(f"/agenda/{event.year}/{event.slug}/kartu.jpg").status_code == 404
    assert client.get(f"/pejabat/{OfficialFactory().slug}/kartu.jpg").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "said"), [("cancelled", "Dibatalkan"), ("postponed", "Ditunda"), ("published", "")])
def test_a_link_to_an_event_that_is_off_says_so_first(client, state, said):
    event = EventFactory(state=state, place="Balai Kota")
    told = head(client, event.get_absolute_url())
    begins = f"{said}: " if said else ""
    assert f'<meta name="description" content="{begins}{event.title}, ' in told
    assert f'<meta property="og:description" content="{begins}{event.time_label}, Balai Kota">' in told
    assert of_event(event).source == " · ".join(filter(None, (said, event.time_label, "Balai Kota")))


@pytest.mark.django_db
def test_an_official_is_shown_in_no_post_that_has_not_begun(client):
    office, official = regency_office(), OfficialFactory()
    path = official.get_absolute_url()

    def told():
        return head(client, path).partition("application/ld+json")[0]

    def appointed(title, year):
        AppointmentFactory(
            official=official, position=PositionFactory(office=office, title=title), held_from=date(year, 1, 1)
        )

    appointed("Kepala Dinas", 2199)
    assert client.get(f"{path}kartu.jpg").status_code == 404
    assert "Kepala Dinas" not in told()
    appointed("Sekretaris", 2019)
    before = client.get(f"{path}kartu.jpg").content
    assert "Sekretaris" in told()
    appointed("Bupati", 2198)
    assert "Bupati" not in told()
    assert client.get(f"{path}kartu.jpg").content == before


@pytest.mark.django_db
def test_every_page_says_elsewhere_what_it_is(client):
    office = regency_office()
    ministry()
    event = EventFactory(state="published", organiser=office)
    term = AppointmentFactory(position=PositionFactory(office=office))
    edition = published(office, tags=("humas", "data"), headline="Judul", deck="Ringkasan.")
    article = Article.objects.get()
    pages = [
        article.get_absolute_url(), office.get_absolute_url(), event.get_absolute_url(), "/", "/berita/", "/kantor/",
        term.official.get_absolute_url(), "/wilayah/", office.region.get_absolute_url(), "/agenda/", "/tag/humas/",
        edition.rubric.get_absolute_url(),
    ]  # fmt: skip
    titles = set()
    for page in pages:
        html = head(client, page)
        for name in ("title", "description", "url", "type", "site_name", "locale", "image", "image:width", "image:alt"):
            assert html.count(f'<meta property="og:{name}" content="') == 1, (page, name)
            assert f'<meta property="og:{name}" content=""' not in html, (page, name)
        assert html.count('<meta name="twitter:card" content="summary_large_image">') == 1
        titles.add(html.partition('og:title" content="')[2].partition('"')[0])
    assert len(titles) == len(pages)
    told = head(client, article.get_absolute_url())
    for name, value in (("section", "Pemerintahan"), ("tag", "humas"), ("tag", "data"), ("published_time", "20")):
        assert f'<meta property="article:{name}" content="{value}' in told
