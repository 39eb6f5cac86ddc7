"""Articles in the newsroom, through the real addresses."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.models import Article, Contribution, Edition, Transition
from news.states import State, Step
from news.workflow import take_step
from news.writing import start_edition
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    PhotoFactory,
    RubricFactory,
    approved,
    drafted,
    member,
    published,
    regency_office,
    submitted,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

NO_ROWS = {
    f"{prefix}-{name}": value
    for prefix in ("photos", "mentions", "quotes", "picks")
    for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))
}


def content(**changes) -> dict:
    """A complete POST of the article form."""
    return {
        "headline": "Bantaeng hadir di Rakornas",
        "deck": "Ringkasan.",
        "rubric": RubricFactory().pk,
        "dateline_place": "Jakarta",
        "dateline_on": "2019-12-11",
        "body": "<p>Isi berita.</p>",
        "tags": "rakornas, humas",
        "event": "",
        "byline": "",
        "source": "",
        "slug": "",
        **NO_ROWS,
        **changes,
    }


def signed_in(client, role=Role.WRITER, office=None):
    user = someone(role, office or regency_office())
    client.force_login(user)
    return user


def change_url(edition: Edition) -> str:
    return reverse("admin:news_article_change", args=[edition.article_id])


def step(client, edition: Edition, name: str, **data):
    edition.refresh_from_db()
    url = reverse("admin:news_article_step", args=[edition.article_id, name])
    return client.post(url, {"edition": edition.pk, "version": edition.version, **data})


def test_a_writer_starts_an_article(client):
    writer = signed_in(client)
    office = regency_office()
    response = client.post(reverse("admin:news_article_add"), content(office=office.pk))
    edition = Edition.objects.get()
    assert response.status_code == 302
    assert (edition.headline, edition.state, edition.started_by) == ("Bantaeng hadir di Rakornas", "draft", writer)
    assert edition.article.office == office
    assert sorted(edition.tags.names()) == ["humas", "rakornas"]
    assert list(Contribution.objects.values_list("user", flat=True)) == [writer.pk]


def test_the_form_pages_open(client):
    signed_in(client)
    assert client.get(reverse("admin:news_article_add")).status_code == 200
    assert client.get(change_url(drafted())).status_code == 200
    assert client.get(reverse("admin:news_article_changelist")).status_code == 200


def test_an_edit_with_rows_is_saved_whole(client):
    writer = signed_in(client)
    office = regency_office()
    photo = PhotoFactory(office, caption="Dari pustaka", credit="Humas", alt="Foto")
    term = AppointmentFactory()
    other = published(regency_office("73.71"))
    event = EventFactory(organiser=regency_office("73.71"), state="published")
    edition = drafted(office, by=writer)
    rows = {
        "photos-TOTAL_FORMS": 1,
        "photos-0-photo": photo.pk,
        "photos-0-position": 0,
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-official": term.official_id,
        "mentions-0-appointment": "",
        "quotes-TOTAL_FORMS": 1,
        "quotes-0-number": 1,
        "quotes-0-kind": "retold",
        "quotes-0-text": "Berita harus sampai.",
        "quotes-0-speaker": term.pk,
        "picks-TOTAL_FORMS": 1,
        "picks-0-article": other.article_id,
        "picks-0-position": 0,
    }
    response = client.post(change_url(edition), content(version=edition.version, event=event.pk, **rows))
    assert response.status_code == 302
    edition.refresh_from_db()
    assert edition.version == 3
    assert edition.photos.get().caption == "Dari pustaka"
    assert edition.mentions.get().appointment == term
    assert edition.quotes.get().speaker == term
    assert edition.picks.get().article == other.article
    assert edition.event == event


@pytest.mark.parametrize("version", ["", "1", "999"])
def test_a_form_without_its_version_or_with_a_stale_one_is_refused_and_keeps_the_text(client, version):
    signed_in(client)
    edition = drafted()
    response = client.post(change_url(edition), content(version=version, headline="Judul yang bentrok"))
    assert response.status_code == 409
    assert "sudah diubah sejak" in response.content.decode()
    assert "Judul yang bentrok" in response.content.decode()
    edition.refresh_from_db()
    assert edition.headline != "Judul yang bentrok"


def test_the_whole_road_in_the_admin(client):
    office = regency_office()
    signed_in(client)
    client.post(reverse("admin:news_article_add"), content(office=office.pk, _submit_too="1"))
    edition = Edition.objects.get()
    assert edition.state == State.SUBMITTED
    signed_in(client, Role.EDITOR, office)
    page = client.get(change_url(edition)).content.decode()
    assert "/step/approve/" in page
    assert step(client, edition, "approve").status_code == 302
    assert step(client, edition, "publish").status_code == 302
    article = Article.objects.published().get()
    assert article.get_absolute_url().endswith("/bantaeng-hadir-di-rakornas/")
    assert client.get(change_url(edition)).status_code == 200


def test_saving_an_approved_edition_warns_first_and_voids_the_approval(client):
    edition = approved()
    editor = signed_in(client, Role.EDITOR)
    assert "persetujuan batal" in client.get(change_url(edition)).content.decode()
    client.post(change_url(edition), content(version=edition.version, headline="Diubah"))
    edition.refresh_from_db()
    assert edition.state == State.SUBMITTED
    last = Transition.objects.filter(edition=edition).last()
    assert (last.step, last.actor) == ("void_approval", editor)


def test_a_contributor_gets_403_from_the_approve_step(client):
    office = regency_office()
    editor = someone(Role.EDITOR, office)
    edition = submitted(office, by=editor)
    client.force_login(editor)
    assert step(client, edition, "approve").status_code == 403
    edition.refresh_from_db()
    assert edition.state == State.SUBMITTED


def test_an_incomplete_draft_is_refused_with_its_sentences(client):
    signed_in(client)
    edition = drafted(deck="", rubric=None)
    response = step(client, edition, "submit")
    assert response.status_code == 409
    assert "Pilih rubrik." in response.content.decode()


def test_a_refused_step_gives_the_typed_reason_back(client):
    edition = published()
    signed_in(client, Role.MANAGER)
    reason = "Foto memuat data pribadi warga; keluarga meminta berita ini tidak dibaca lagi."
    response = step(client, edition, "remove", note=reason, redirect_to="/berita/2026/11/tidak-ada/")
    assert response.status_code in (400, 409)
    assert f"readonly>{reason}</textarea>" in response.content.decode()


def test_the_moment_offered_for_a_schedule_is_on_the_clock_of_the_office(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 26, 13, 11, tzinfo=UTC), tick=False)
    edition = approved()
    signed_in(client, Role.EDITOR)
    form = client.get(change_url(edition)).content.decode()
    assert 'name="due_at" min="2026-11-26T21:21" value="2026-11-26T21:21"' in form


def test_a_step_seen_on_an_older_version_is_refused(client):
    signed_in(client)
    edition = drafted()
    url = reverse("admin:news_article_step", args=[edition.article_id, "submit"])
    assert client.post(url, {"edition": edition.pk, "version": edition.version - 1}).status_code == 409


@pytest.mark.parametrize("data", [{}, {"edition": "x"}, {"edition": 1, "version": "9" * 30}])
def test_a_step_without_its_fields_is_a_bad_request(client, data):
    signed_in(client)
    edition = drafted()
    url = reverse("admin:news_article_step", args=[edition.article_id, "submit"])
    assert client.post(url, data).status_code in (400, 409)


def test_a_new_edition_of_a_published_article(client):
    edition = published(tags=("humas",))
    signed_in(client, Role.EDITOR)
    response = client.post(reverse("admin:news_article_correct", args=[edition.article_id]))
    assert response.status_code == 302
    newest = edition.article.editions.order_by("number").last()
    assert (newest.number, newest.state, list(newest.tags.names())) == (2, State.DRAFT, ["humas"])
    assert 'name="correction"' in client.get(change_url(edition)).content.decode()
    assert Article.objects.published().get().live_edition == edition


def test_the_preview_shows_the_draft_to_its_office_only(client):
    edition = drafted(headline="Rahasia sampai terbit")
    url = reverse("admin:news_article_preview", args=[edition.article_id])
    signed_in(client)
    response = client.get(url)
    assert "Rahasia sampai terbit" in response.content.decode()
    assert "noindex" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    client.force_login(member(Role.EDITOR, regency_office("73.71")))
    assert client.get(url).status_code == 404


def test_a_forged_photo_of_another_office_is_refused(client):
    signed_in(client)
    foreign = PhotoFactory(regency_office("73.71"))
    edition = drafted()
    rows = {"photos-TOTAL_FORMS": 1, "photos-0-photo": foreign.pk, "photos-0-position": 0}
    response = client.post(change_url(edition), content(version=edition.version, **rows))
    assert response.status_code == 200
    assert not edition.photos.exists()


def test_forged_state_author_and_office_change_nothing(client):
    writer = signed_in(client)
    other = regency_office("73.71")
    stranger = member(Role.EDITOR, other)
    edition = drafted()
    forged = {"state": "published", "started_by": stranger.pk, "office": other.pk, "article": 99, "number": 7}
    client.post(change_url(edition), content(version=edition.version, **forged))
    edition.refresh_from_db()
    assert (edition.state, edition.started_by, edition.article.office_id, edition.number) == (
        State.DRAFT,
        writer,
        regency_office().pk,
        1,
    )


def test_an_article_for_another_office_is_refused(client):
    signed_in(client)
    other = regency_office("73.71")
    response = client.post(reverse("admin:news_article_add"), content(office=other.pk))
    assert response.status_code == 200
    assert not Article.objects.exists()


def test_the_chooser_offers_published_articles_and_own_drafts_only(client):
    signed_in(client)
    own, foreign = (
        drafted(headline="Rakornas milik sendiri"),
        drafted(regency_office("73.71"), headline="Rakornas draf orang"),
    )
    shown = published(regency_office("11.01"), headline="Rakornas terbit")
    answer = client.get(reverse("admin:news_article_choose"), {"term": "rakornas"}).json()
    assert {row["id"] for row in answer["results"]} == {str(own.article_id), str(shown.article_id)}
    assert str(foreign.article_id) not in str(answer)


def test_no_article_is_offered_to_itself(client):
    signed_in(client)
    own, other = drafted(headline="Rakornas satu"), drafted(headline="Rakornas dua")
    address = reverse("admin:news_article_choose")

    def offered(beside):
        return {int(row["id"]) for row in client.get(address, {"beside": beside}).json()["results"]}

    assert offered(own.article_id) == {other.article_id}
    for key in ("", "x", "9" * 30, "-1"):
        assert offered(key) == {own.article_id, other.article_id}
    form = client.get(change_url(own)).content.decode()
    assert f'data-ajax--url="{address}?beside={own.article_id}"' in form
    assert f'data-beside="{own.article_id}"' in form
    assert "?beside=" not in client.get(reverse("admin:news_article_add")).content.decode()


def test_an_article_picked_for_itself_is_refused_with_a_sentence(client):
    signed_in(client)
    edition = drafted()
    pick = {"picks-TOTAL_FORMS": 1, "picks-0-article": edition.article_id, "picks-0-position": 0}
    response = client.post(change_url(edition), content(version=edition.version, **pick))
    assert response.status_code == 200
    assert "Berita tidak dapat terkait dengan dirinya sendiri." in response.content.decode()
    assert not edition.picks.exists()


def test_the_editor_page_has_the_looser_policy_and_the_list_the_strict_one(client):
    signed_in(client)
    edit = client.get(reverse("admin:news_article_add"))["Content-Security-Policy"]
    listing = client.get(reverse("admin:news_article_changelist"))["Content-Security-Policy"]
    assert "script-src-attr 'unsafe-inline'" in edit
    assert "script-src 'self';" in edit + ";"
    assert "unsafe-inline" not in listing


@pytest.mark.parametrize("apart", [True, False])
def test_two_quotes_of_one_number_are_refused_with_a_sentence(client, apart):
    signed_in(client)
    quote = {"number": 1, "kind": "direct", "text": "Satu.", "attribution": "warga"}
    edition = drafted(quotes=(quote,) if apart else ())
    forms = 1 if apart else 2
    rows = {"quotes-TOTAL_FORMS": forms, "quotes-INITIAL_FORMS": 0}
    for n in range(forms):
        rows |= {f"quotes-{n}-{name}": value for name, value in quote.items()}
    response = client.post(change_url(edition), content(version=edition.version, **rows))
    assert response.status_code == 200
    assert edition.quotes.count() == (1 if apart else 0)


def test_discarded_corrections_do_not_hide_the_live_edition(client):
    edition = published()
    editor = signed_in(client, Role.EDITOR)
    for _n in (1, 2, 3):
        take_step(start_edition(edition.article, by=editor), Step.DISCARD, by=editor)
    assert client.get(change_url(edition)).context["edition"] == edition


def test_the_appointment_of_somebody_else_is_refused(client):
    signed_in(client)
    term, other = AppointmentFactory(), AppointmentFactory()
    edition = drafted()
    rows = {"mentions-TOTAL_FORMS": 1, "mentions-0-official": term.official_id, "mentions-0-appointment": other.pk}
    response = client.post(change_url(edition), content(version=edition.version, **rows))
    assert "dipegang orang lain" in response.content.decode()
    assert not edition.mentions.exists()


def test_saving_without_a_change_makes_nobody_a_contributor(client):
    edition = submitted()
    editor = signed_in(client, Role.EDITOR)
    kept = {name: getattr(edition, name) for name in ("headline", "deck", "dateline_place", "byline", "source")}
    same = content(
        version=edition.version, **kept, dateline_on=edition.dateline_on.isoformat(), body=edition.body, tags=""
    )
    assert client.post(change_url(edition), same).status_code == 302
    assert not Contribution.objects.filter(edition=edition, user=editor).exists()
    client.post(change_url(edition), {**same, "headline": "Judul yang diubah"})
    assert "orang lain yang menyetujuinya" in client.get(change_url(edition)).content.decode()


def test_a_live_edition_can_be_withdrawn_while_its_successor_is_written(client):
    edition = published()
    start_edition(edition.article, by=someone(Role.EDITOR, regency_office()))
    signed_in(client, Role.MANAGER)
    assert "/step/withdraw/" in client.get(change_url(edition)).content.decode()
    assert step(client, edition, "withdraw", note="Keliru.").status_code == 302
    edition.refresh_from_db()
    assert edition.state == State.WITHDRAWN


def test_an_edition_of_another_article_cannot_be_named_in_a_step(client):
    own, other = drafted(), drafted()
    signed_in(client)
    url = reverse("admin:news_article_step", args=[own.article_id, "submit"])
    assert client.post(url, {"edition": other.pk, "version": other.version}).status_code == 409
    other.refresh_from_db()
    assert other.state == State.DRAFT


def test_the_reason_of_a_return_is_shown_at_the_head_of_the_desk(client):
    edition = submitted()
    take_step(edition, Step.REQUEST_CHANGES, by=someone(Role.EDITOR, regency_office()), note="Lengkapi angkanya.")
    signed_in(client)
    assert "meminta perbaikan: “Lengkapi angkanya.”" in client.get(change_url(edition)).content.decode()


def test_the_buttons_work_beyond_a_thousand_editions(client):
    edition = drafted()
    Edition.objects.filter(pk=edition.pk).update(version=1234)
    signed_in(client)
    page = client.get(change_url(edition)).content.decode()
    assert 'name="version" value="1234"' in page
    assert "1.234" not in page


@pytest.mark.parametrize("tag", ["!!!", "a" * 91, "日本"])
def test_a_tag_without_a_possible_address_is_refused(client, tag):
    edition = drafted()
    signed_in(client)
    response = client.post(change_url(edition), content(tags=f"humas, {tag}", version=edition.version))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["tags"]


@pytest.mark.parametrize("key", ["x", "9" * 30, "a\x00b", "1e9"])
def test_what_can_be_no_key_is_refused_on_the_form(client, key):
    edition = drafted()
    signed_in(client)
    response = client.post(change_url(edition), content(event=key, version=edition.version))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["event"]


def test_choosing_among_drafts_costs_the_same_however_many_there_are(client, django_assert_num_queries):
    drafted()
    signed_in(client)
    with django_assert_num_queries(4):
        client.get(reverse("admin:news_article_choose"))
    drafted(), drafted()
    with django_assert_num_queries(4):
        assert len(client.get(reverse("admin:news_article_choose")).json()["results"]) == 3
