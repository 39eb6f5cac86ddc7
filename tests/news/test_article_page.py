"""The article page as readers meet it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Edition
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Term
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    approved,
    drafted,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


def page(client, edition: Edition) -> str:
    edition.article.refresh_from_db()
    response = client.get(edition.article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def rich(office=None, *, neighbours: int = 1, **fields) -> Edition:
    """A published edition with everything an edition can have, beside `neighbours` others of each kind."""
    office = office or regency_office()
    event = EventFactory(state="published", organiser=regency_office("73.01"))
    terms = [AppointmentFactory(position=PositionFactory(office=office)) for _n in range(neighbours)]
    others = [
        published(regency_office(f"1{n}.01"), tags=("humas",), event=event, officials=(terms[0].official,))
        for n in range(1, neighbours + 1)
    ]
    picks = [published(regency_office(f"2{n}.01")) for n in (1, 2, 3)[:neighbours]]
    body = "<p>Satu.</p>" + "".join(
        f'<div class="baca-juga" data-article="{other.article_id}"></div><p>Teks.</p>'
        f'<div class="kutipan" data-quote="{n}"></div>'
        for n, other in enumerate(others, start=1)
    )
    return published(
        office,
        body=body,
        event=event,
        tags=("humas", "rakornas", "langka")[:neighbours] or ("humas",),
        officials=tuple(term.official for term in terms),
        quotes=tuple(
            {"number": n, "kind": "retold", "text": f"Ucapan {n}.", "speaker": term}
            for n, term in enumerate(terms, start=1)
        ),
        photos=tuple(PhotoFactory(office) for _n in range(neighbours)),
        picks=tuple(pick.article for pick in picks),
        **fields,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_richest_article_costs_seven_queries(client, django_assert_num_queries, rows):
    edition = rich(neighbours=rows)
    edition.article.refresh_from_db()
    address = edition.article.get_absolute_url()
    client.get(address)
    with django_assert_num_queries(7):
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("corrections", [1, 3])
def test_corrections_cost_no_query_and_documents_one(client, django_assert_num_queries, corrections):
    edition = rich(documents=(AttachmentFactory(),))
    office = edition.article.office
    editor, manager = someone(Role.EDITOR, office), someone(Role.MANAGER, office)
    for number in range(corrections):
        following = start_edition(edition.article, by=editor)
        following.correction, following.correction_note = "ralat", f"Angka ke-{number} diperbaiki."
        following.save()
        save_content(following, by=editor, version=following.version)
        for step, by in ((Step.SUBMIT, editor), (Step.APPROVE, manager), (Step.PUBLISH, manager)):
            take_step(following, step, by=by)
    edition.article.refresh_from_db()
    address = edition.article.get_absolute_url()
    client.get(address)
    with django_assert_num_queries(8):
        html = client.get(address).content.decode()
    assert all(f"Angka ke-{number} diperbaiki." in html for number in range(corrections))
    assert "Pengumuman" in html


def test_the_page_shows_everything_the_edition_holds(client):
    edition = rich(
        headline="Bantaeng di Rakornas", deck="Ringkasan berita.", byline="Andi Rekaan", source="Siaran pers"
    )
    html = page(client, edition)
    for text in ("Bantaeng di Rakornas", "Ringkasan berita.", "Andi Rekaan", "Siaran pers", "Bantaeng</b>"):
        assert text in html
    quote = edition.quotes.get()
    assert quote.text in html
    assert "disampaikan ulang" in html
    assert quote.speaker.official.name in html
    assert quote.speaker.title_as_held in html
    assert edition.event.title in html
    assert "Baca juga" in html
    assert reverse("tag_detail", args=["humas"]) in html


def test_officials_carry_the_title_of_the_dateline_day(client):
    position = PositionFactory(title="Kepala Dinas Kominfo")
    official = OfficialFactory()
    AppointmentFactory(
        official=official,
        position=position,
        kind=Term.PLT,
        held_from=date(2019, 1, 1),
        held_until=date(2020, 1, 1),
    )
    AppointmentFactory(official=official, position=PositionFactory(title="Sekretaris"), held_from=date(2020, 1, 1))
    html = page(client, published(officials=(official,), dateline_on=date(2019, 12, 11)))
    assert "Plt. Kepala Dinas Kominfo" in html
    assert "Sekretaris" not in html


@pytest.mark.parametrize("make", [drafted, approved])
def test_what_is_not_published_has_no_page(client, make):
    edition = make(headline="Belum boleh dibaca")
    today = timezone.localdate()
    response = client.get(f"/berita/{today.year}/{today.month:02}/belum-boleh-dibaca/")
    assert edition.article.get_absolute_url() == ""
    assert response.status_code == 404


def test_an_event_that_was_called_off_is_marked_as_loudly_as_in_its_lists(client):
    event = EventFactory(state="cancelled", state_note="Banjir", organiser=regency_office("73.01"))
    html = client.get(published(event=event).article.get_absolute_url()).content.decode()
    assert '<p class="status status--alert">Dibatalkan</p>' in html


def test_a_withdrawn_article_keeps_its_address_with_headline_and_explanation_only(client):
    edition = withdrawn(headline="Judul yang ditarik", deck="Ringkasan lama", note="Angkanya keliru.")
    response = client.get(Article.objects.get().get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 200
    assert "Judul yang ditarik" in html
    assert "Angkanya keliru." in html
    assert '<meta name="robots" content="noindex">' in html
    assert "Ringkasan lama" not in html
    assert "Paragraf pertama" not in html
    assert edition.state == "withdrawn"


def test_a_removed_article_answers_410_with_nothing_of_it(client):
    edition = published(headline="Judul yang dihapus")
    take_step(edition, Step.REMOVE, by=someone(Role.MANAGER, edition.article.office), note="Putusan.")
    response = client.get(Article.objects.get().get_absolute_url())
    assert response.status_code == 410
    assert "Judul yang dihapus" not in response.content.decode()


def test_an_inset_that_is_withdrawn_later_vanishes(client):
    target = published(regency_office("11.01"), headline="Akan ditarik")
    edition = published(body=f'<p>Satu.</p><div class="baca-juga" data-article="{target.article_id}"></div><p>Dua.</p>')
    assert "Akan ditarik" in page(client, edition)
    take_step(target, Step.WITHDRAW, by=someone(Role.MANAGER, regency_office("11.01")), note="Keliru.")
    assert "Akan ditarik" not in page(client, edition)


def test_insets_stand_after_the_third_and_the_seventh_paragraph(client):
    for n in range(1, 12):
        published(regency_office(f"11.{n:02}"), at=timezone.now() - timedelta(days=n))
    html = page(client, published(body="".join(f"<p>P{n}.</p>" for n in range(1, 9))))
    body = html[html.index("P1.") : html.index("P8.")]
    assert body.count("read-also__label") == 2
    assert body.index("P3.") < body.index("read-also") < body.index("P4.")
    assert body.rindex("P7.") < body.rindex("read-also__label")


def test_a_correction_is_told_where_readers_see_it(client):
    edition = published()
    editor = someone(Role.EDITOR, edition.article.office)
    newer = start_edition(edition.article, by=editor)
    newer.correction, newer.correction_note = "ralat", "Jumlah peserta 40, bukan 400."
    newer.save(update_fields=["correction", "correction_note"])
    newer = save_content(newer, by=editor, version=newer.version)
    second = someone(Role.MANAGER, edition.article.office)
    for step, person in ((Step.SUBMIT, editor), (Step.APPROVE, second), (Step.PUBLISH, editor)):
        take_step(newer, step, by=person)
    html = page(client, newer)
    assert "Jumlah peserta 40, bukan 400." in html
    assert "Ralat" in html
    assert "Diperbarui" in html


def test_the_time_stands_on_the_clock_of_the_region(client):
    edition = published(at=datetime(2019, 12, 11, 6, 5, tzinfo=UTC), dateline_on=date(2019, 12, 11))
    assert "Rabu, 11 Desember 2019, 14.05 WITA" in page(client, edition)


def test_the_page_carries_the_strict_policy_and_no_inline_script(client):
    edition = published(headline="</script><script>alert(1)</script>", byline="<img src=x onerror=alert(1)>")
    edition.article.refresh_from_db()
    response = client.get(edition.article.get_absolute_url())
    html = response.content.decode()
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_sharing_starts_with_whatsapp_and_uses_plain_links(client):
    html = page(client, published())
    assert html.index("wa.me") < html.index("t.me") < html.index("facebook.com") < html.index("x.com/intent")
