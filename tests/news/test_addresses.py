"""Addresses: short, readable, given once, and never to anything else again."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.addresses import RESERVED, give_address, slug_from
from news.models import Address, Article
from news.states import Step
from news.workflow import take_step
from offices.models import Office
from offices.roles import Role
from tests.factories import approved, drafted, member, ministry, province_office, published, regency_office, withdrawn
from tests.factories.news import someone
from tests.offices.test_appointments import at_once

DAY = date(2026, 8, 17)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("HUT RI ke-81 Meriah", "hut-ri-ke-81-meriah"),
        ("Rakornas: “Tak Hanya Mengirim, Tetapi Sampai”", "rakornas-tak-hanya-mengirim-tetapi-sampai"),
        ("Café di Ma’rang", "cafe-di-marang"),
        ("2026", "berita-2026"),
        ("17-8-2026", "17-8-2026"),
        ("Feed", "berita-feed"),
        ("AGENDA!", "berita-agenda"),
        ("ᨔᨘᨒᨕᨘ", "berita"),
        ("!!!", "berita"),
        ("", "berita"),
        ("___", "berita"),
        ("٢٠٢٦", "berita"),
    ],
)
def test_a_slug_is_made_of_the_headline(headline, slug):
    assert slug_from(headline) == slug


def test_a_long_headline_is_cut_between_words():
    assert slug_from("pemerintah kabupaten " * 8) == "-".join(["pemerintah-kabupaten"] * 4)
    assert slug_from("kata " * 18 + "x") == "-".join(["kata"] * 18)
    assert slug_from("x" * 160) == "x" * 90


@given(st.text(max_size=200))
def test_no_headline_gives_a_slug_that_an_address_cannot_hold(headline):
    slug = slug_from(headline)

    assert 0 < len(slug) <= 97
    assert not slug.isdigit()
    assert slug not in RESERVED
    assert slug == slug.strip("-")
    assert slug.isascii()


def article(office=None, **fields):
    return Article.objects.create(
        office=office or regency_office(), created_at=datetime(2026, 8, 1, tzinfo=UTC), **fields
    )


@pytest.mark.django_db
def test_the_second_of_a_month_takes_its_offices_slug_and_the_next_ones_a_number():
    here, there = regency_office("73.03"), regency_office("73.05")

    given_ = [give_address(article(office), "HUT RI", DAY) for office in (here, there, there, there)]

    assert given_ == ["hut-ri", "hut-ri-kantor-73-05", "hut-ri-kantor-73-05-2", "hut-ri-kantor-73-05-3"]
    assert Address.objects.count() == 4


@pytest.mark.django_db
def test_another_month_has_the_words_to_itself():
    assert give_address(article(), "HUT RI", DAY) == give_address(article(), "HUT RI", date(2026, 9, 1)) == "hut-ri"


@pytest.mark.django_db
@pytest.mark.parametrize("office_slug", ["prov-kepulauan-bangka-belitung", "kab-bantaeng", "k" * 80, "a-" * 39 + "a"])
@pytest.mark.parametrize("headline", ["pembangunan jalan desa " * 6, "x" * 160, "ab " * 50, "HUT RI"])
def test_a_suffixed_address_ends_with_the_whole_slug_of_the_office(office_slug, headline):
    office = regency_office()
    Office.objects.filter(pk=office.pk).update(slug=office_slug)
    office.refresh_from_db()
    give_address(article(), headline, DAY)

    second, third = (give_address(article(office), headline, DAY) for _number in range(2))

    assert second.endswith(f"-{office_slug}")
    assert third == f"{second}-2"
    assert "--" not in second
    for address in Address.objects.all():
        address.clean_fields(exclude=["article"])


@pytest.mark.django_db
def test_the_wished_slug_goes_before_the_headline():
    assert give_address(article(slug="pilihan-redaksi"), "HUT RI", DAY) == "pilihan-redaksi"
    assert give_address(article(slug="feed"), "HUT RI", DAY) == "berita-feed"


@pytest.mark.django_db
def test_an_address_is_given_at_the_first_publication_and_kept():
    draft = drafted(headline="Judul Awal")
    assert (draft.article.slug, Address.objects.count()) == ("", 0)

    take_step(draft, Step.SUBMIT, by=draft.started_by)
    editor = someone(Role.EDITOR, draft.article.office)
    take_step(draft, Step.APPROVE, by=editor)
    take_step(draft, Step.PUBLISH, by=editor)

    draft.article.refresh_from_db()
    address = Address.objects.get()
    day = draft.article.published_on
    assert (address.article, address.year, address.month) == (draft.article, day.year, day.month)
    assert address.slug == draft.article.slug == "judul-awal"


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["withdrawn", "removed"])
def test_the_address_of_what_left_the_public_is_not_given_again(end):
    gone = withdrawn(headline="HUT RI")
    if end == "removed":
        take_step(gone, Step.REMOVE, by=someone(Role.MANAGER, gone.article.office), note="Keliru.")

    again = published(headline="HUT RI")

    assert again.article.slug == "hut-ri-kantor-73-03"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("office", "moment", "local"),
    [
        (lambda: regency_office("91.01"), datetime(2026, 8, 31, 23, 30, tzinfo=UTC), date(2026, 9, 1)),
        (lambda: regency_office("91.01"), datetime(2026, 8, 31, 14, 59, tzinfo=UTC), date(2026, 8, 31)),
        (lambda: regency_office("91.01"), datetime(2026, 8, 31, 15, 0, tzinfo=UTC), date(2026, 9, 1)),
        (lambda: regency_office("73.03"), datetime(2026, 8, 31, 15, 30, tzinfo=UTC), date(2026, 8, 31)),
        (lambda: regency_office("73.03"), datetime(2026, 8, 31, 16, 0, tzinfo=UTC), date(2026, 9, 1)),
        (ministry, datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 31)),
        (ministry, datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_month_of_an_address_is_that_of_the_offices_clock(office, moment, local):
    office = office()
    if office.region.code == "91.01":
        type(office.region).objects.filter(pk="91.01").update(timezone="Asia/Jayapura")
        office.region.refresh_from_db()

    article_ = published(office, at=moment).article

    address = Address.objects.get()
    assert article_.published_on == local
    assert (address.year, address.month) == (local.year, local.month)


@pytest.mark.django_db
def test_a_manager_of_the_province_and_one_below_share_a_month_without_trouble():
    offices = [province_office("73"), regency_office("73.03"), ministry()]
    for office in offices:
        member(Role.MANAGER, office)

    slugs = [published(office, headline="Siaran Pers").article.slug for office in offices]

    assert slugs == ["siaran-pers", "siaran-pers-kantor-73-03", "siaran-pers-pusat"]


@pytest.mark.django_db(transaction=True)
def test_articles_of_one_headline_published_at_once_all_get_an_address():
    offices = [regency_office(code) for code in ("73.03", "73.05", "74.01")]
    editions = [approved(office, headline="HUT RI") for office in offices]

    results = at_once(*(lambda e=edition: take_step(e, Step.PUBLISH, by=e.approved_by).target for edition in editions))

    slugs = sorted(Address.objects.values_list("slug", flat=True))
    assert results == ["published"] * 3
    assert len(set(slugs)) == 3
    assert slugs[0] == "hut-ri"
    assert all(slug.startswith("hut-ri-kantor-7") for slug in slugs[1:])
