"""Two people save one draft: both texts are shown, and neither is lost."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from news.models import Contribution, Edition, EditionPhoto, UnsavedText
from news.states import Step
from news.unsaved import typed_in
from news.workflow import take_step
from news.writing import save_content
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    MembershipFactory,
    PhotoFactory,
    drafted,
    member,
    ministry,
    published,
    regency_office,
)
from tests.factories.news import someone
from tests.news.test_article_admin import NO_ROWS, change_url, content, signed_in
from tests.nu_checker import vnu

pytestmark = pytest.mark.django_db

FIELD = re.compile(r'name="([\w-]+)"(?: [^>]*?)?value="([^"]*)"')


def hidden(page: str, name: str) -> str:
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def loaded(client, edition, **changes) -> dict:
    """A form as its page sends it after `changes`: with its version and the marks of what it began from."""
    page = client.get(change_url(edition)).content.decode()
    stored = {name: getattr(edition, name) for name in ("headline", "deck", "dateline_place", "byline", "source")}
    return content(
        **{
            **stored,
            "rubric": edition.rubric_id,
            "dateline_on": edition.dateline_on.isoformat(),
            "body": edition.body,
            "tags": ", ".join(sorted(edition.tags.names())),
            "version": hidden(page, "version"),
            "edition": hidden(page, "edition"),
            "base": hidden(page, "base"),
            "unsaved_key": hidden(page, "unsaved_key"),
            **rows_of(edition),
            **changes,
        }
    )


def rows_of(edition) -> dict:
    """The quotes of `edition` as its form sends them."""
    quotes = list(edition.quotes.order_by("number"))
    fields = {**NO_ROWS, "quotes-TOTAL_FORMS": len(quotes), "quotes-INITIAL_FORMS": len(quotes)}
    for n, quote in enumerate(quotes):
        names = ("id", "number", "kind", "text", "attribution")
        fields |= {f"quotes-{n}-{name}": getattr(quote, name) for name in names} | {f"quotes-{n}-speaker": ""}
    return fields


def quote(number: int, text: str) -> dict:
    return {"number": number, "kind": "direct", "text": text, "attribution": "Warga"}


def added(place: int, quote: dict) -> dict:
    """The fields of one more quote, the `place`-th of its form."""
    fields = {f"quotes-{place}-{name}": value for name, value in quote.items()}
    return {"quotes-TOTAL_FORMS": place + 1, f"quotes-{place}-id": "", f"quotes-{place}-speaker": "", **fields}


@pytest.fixture
def draft():
    return drafted(headline="Judul lama", deck="Ringkasan lama.", tags=("humas",), quotes=(quote(1, "Satu."),))


@pytest.fixture
def conflict(client, draft):
    """Send a form that was loaded before `theirs` was saved; the page, and a way to choose on it."""
    writer = signed_in(client)

    def clash(mine: dict, theirs=lambda edition: None):
        sent = loaded(client, draft, **mine)
        theirs(draft)
        other = someone(Role.EDITOR, draft.article.office)
        save_content(draft, by=other, version=draft.version)
        draft.refresh_from_db()
        response = client.post(change_url(draft), sent)
        return response, writer

    return clash


def choose(client, draft, page: str, how: str = "save", **choices):
    sent = {name: hidden(page, name) for name in ("typed", "base", "edition", "version")}
    preset = re.findall(r'name="choice-([\w-]+)" value="(\w+)" required checked', page)
    chosen = {f"choice-{name}": value for name, value in [*preset, *choices.items()]}
    return client.post(change_url(draft), {**sent, **chosen, "_merge": how, **choices.get("merged", {})})


def differences(response) -> dict:
    return {one.name: one.proposed for one in response.context["differences"]}


def test_both_texts_are_shown_with_the_changed_words_marked_and_nothing_is_stored(client, draft, conflict):
    def theirs(edition):
        Edition.objects.filter(pk=edition.pk).update(headline="Judul rekan")

    response, writer = conflict({"headline": "Judul penulis"}, theirs)

    page = response.content.decode()
    assert response.status_code == 409
    assert differences(response) == {"headline": ""}
    assert re.search(r"<del>.*?rekan", page)
    assert re.search(r"<ins>.*?penulis", page)
    draft.refresh_from_db()
    assert draft.headline == "Judul rekan"


def test_the_editor_between_two_bodies_offers_the_story_itself_to_nobody(client, draft, conflict):
    response, _writer = conflict({"body": "<p>Isi penulis.</p>"})
    editor = re.search(r'<textarea name="merged-body"[^>]*>', response.content.decode())[0]
    assert f'data-beside="{draft.article_id}"' in editor


def test_what_only_one_of_them_changed_is_proposed_from_that_one(client, draft, conflict):
    def theirs(edition):
        Edition.objects.filter(pk=edition.pk).update(deck="Ringkasan rekan.", body="<p>Isi rekan.</p>")

    response, writer = conflict({"headline": "Judul penulis", "byline": "Penulis"}, theirs)

    assert differences(response) == {"headline": "mine", "deck": "theirs", "body": "theirs", "byline": "mine"}
    assert choose(client, draft, response.content.decode()).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.deck, draft.body) == ("Judul penulis", "Ringkasan rekan.", "<p>Isi rekan.</p>")
    assert (draft.byline, list(draft.tags.names())) == ("Penulis", ["humas"])
    assert Contribution.objects.filter(edition=draft, user=writer).exists()


@pytest.mark.parametrize(
    ("choice", "headline"), [("theirs", "Judul rekan"), ("mine", "Judul penulis"), ("merged", "Judul bersama")]
)
def test_a_part_that_both_changed_is_chosen_by_hand(client, draft, conflict, choice, headline):
    def theirs(edition):
        Edition.objects.filter(pk=edition.pk).update(headline="Judul rekan")

    response, _writer = conflict({"headline": "Judul penulis"}, theirs)
    page = response.content.decode()

    assert choose(client, draft, page).status_code == 409
    answer = choose(client, draft, page, headline=choice, merged={"merged-headline": "Judul bersama"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.headline == headline


def test_rows_of_both_are_kept_where_they_do_not_touch_each_other(client, draft, conflict):
    def theirs(edition):
        edition.quotes.create(**quote(2, "Rekan."))

    response, _writer = conflict(added(1, quote(3, "Penulis.")), theirs)

    assert differences(response) == {"quotes": "both"}
    assert choose(client, draft, response.content.decode()).status_code == 302
    assert list(draft.quotes.values_list("number", "text")) == [(1, "Satu."), (2, "Rekan."), (3, "Penulis.")]


@pytest.mark.parametrize(("choice", "text"), [("theirs", "Satu, kata rekan."), ("mine", "Satu, kata penulis.")])
def test_a_row_that_both_changed_is_chosen_by_hand(client, draft, conflict, choice, text):
    def theirs(edition):
        edition.quotes.update(text="Satu, kata rekan.")

    response, _writer = conflict({"quotes-0-text": "Satu, kata penulis."}, theirs)

    assert differences(response) == {"quotes": ""}
    assert choose(client, draft, response.content.decode(), quotes=choice).status_code == 302
    assert [row.text for row in draft.quotes.all()] == [text]


@pytest.mark.parametrize(("choice", "texts"), [("theirs", ["Rekan."]), ("mine", ["Penulis."])])
def test_two_new_rows_of_one_number_are_chosen_by_hand(client, draft, conflict, choice, texts):
    def theirs(edition):
        edition.quotes.create(**quote(2, "Rekan."))

    response, _writer = conflict(added(1, quote(2, "Penulis.")), theirs)

    assert differences(response) == {"quotes": ""}
    assert choose(client, draft, response.content.decode(), quotes=choice).status_code == 302
    assert [row.text for row in draft.quotes.filter(number=2)] == texts


def test_a_row_that_the_other_one_deleted_comes_back_if_it_was_changed(client, draft, conflict):
    response, _writer = conflict({"quotes-0-text": "Satu, diperjelas."}, lambda edition: edition.quotes.all().delete())

    assert differences(response) == {"quotes": ""}
    assert choose(client, draft, response.content.decode(), quotes="mine").status_code == 302
    assert [row.text for row in draft.quotes.all()] == ["Satu, diperjelas."]


def test_a_deleted_row_stays_deleted_where_the_other_one_left_it_alone(client, draft, conflict):
    def theirs(edition):
        edition.quotes.create(**quote(2, "Rekan."))

    response, _writer = conflict({"quotes-0-DELETE": "on"}, theirs)

    assert choose(client, draft, response.content.decode()).status_code == 302
    assert [row.text for row in draft.quotes.all()] == ["Rekan."]


def test_photos_officials_and_picks_of_both_come_together(client, draft, conflict):
    office = draft.article.office
    photo, other_photo = PhotoFactory(office), PhotoFactory(office)
    term, other_term = AppointmentFactory(), AppointmentFactory()
    one, two = published(regency_office("73.71")), published(regency_office("73.71"))

    def theirs(edition):
        EditionPhoto.objects.create(edition=edition, photo=other_photo, caption="K", credit="C", alt="A")
        edition.mentions.create(official=other_term.official)
        edition.picks.create(article=two.article)

    mine = {
        "photos-TOTAL_FORMS": 1,
        "photos-0-photo": photo.pk,
        "photos-0-position": 1,
        "photos-0-id": "",
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-official": term.official_id,
        "mentions-0-id": "",
        "picks-TOTAL_FORMS": 1,
        "picks-0-article": one.article_id,
        "picks-0-position": 1,
        "picks-0-id": "",
    }
    response, _writer = conflict(mine, theirs)

    assert differences(response) == {"photos": "both", "mentions": "both", "picks": "both"}
    assert choose(client, draft, response.content.decode()).status_code == 302
    assert {row.photo for row in draft.photos.all()} == {photo, other_photo}
    assert {row.official for row in draft.mentions.all()} == {term.official, other_term.official}
    assert {row.article for row in draft.picks.all()} == {one.article, two.article}


def test_the_choices_can_be_taken_into_the_form_and_are_not_saved_yet(client, draft, conflict):
    def theirs(edition):
        Edition.objects.filter(pk=edition.pk).update(deck="Ringkasan rekan.")

    response, _writer = conflict({"headline": "Judul penulis", **added(1, quote(2, "Penulis."))}, theirs)
    form = choose(client, draft, response.content.decode(), how="reopen")

    page = form.content.decode()
    assert form.status_code == 200
    assert "belum tersimpan" in page
    assert 'class="errornote"' not in page
    assert hidden(page, "version") == str(draft.version)
    assert 'value="Judul penulis"' in page
    assert "Ringkasan rekan." in page
    assert "Penulis." in page
    draft.refresh_from_db()
    assert draft.headline == "Judul lama"


def test_whoever_is_overtaken_again_is_asked_again_with_the_merged_text(client, draft, conflict):
    response, _writer = conflict({"headline": "Judul penulis"})
    page = response.content.decode()
    Edition.objects.filter(pk=draft.pk).update(deck="Ringkasan ketiga.", version=draft.version + 1)

    again = choose(client, draft, page)

    assert again.status_code == 409
    assert differences(again)["headline"] == "mine"
    assert choose(client, draft, again.content.decode(), deck="theirs").status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.deck) == ("Judul penulis", "Ringkasan ketiga.")


def test_a_form_without_marks_has_every_difference_chosen_by_hand(client, draft, conflict):
    response, _writer = conflict({"headline": "Judul penulis", "base": "{]"})

    assert differences(response) == {"headline": ""}


@pytest.mark.parametrize(
    "base", ["[]", '{"rows": 3}', '{"rows": {"quotes": 3}, "headline": {}}', "null", "9" * 500, "[" * 100_000]
)
def test_strange_marks_break_nothing(client, draft, conflict, base):
    response, _writer = conflict({"headline": "Judul penulis", "base": base})

    assert response.status_code == 409
    assert differences(response)["headline"] == ""


@pytest.mark.parametrize("typed", ["", "[]", "{]", '{"headline": 3}', "null", "[" * 100_000])
def test_a_merge_without_what_was_typed_is_a_bad_request(client, draft, conflict, typed):
    response, _writer = conflict({"headline": "Judul penulis"})
    version = hidden(response.content.decode(), "version")

    assert client.post(change_url(draft), {"_merge": "save", "typed": typed, "version": version}).status_code == 400


def test_a_form_that_says_nothing_of_some_rows_leaves_them_alone(client, draft, conflict):
    rows = {f"quotes-{name}": None for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    signed_in(client)
    sent = {name: value for name, value in loaded(client, draft, headline="Judul penulis").items() if name not in rows}
    Edition.objects.filter(pk=draft.pk).update(version=draft.version + 1)

    response = client.post(change_url(draft), sent)

    assert differences(response) == {"headline": "mine"}
    assert choose(client, draft, response.content.decode()).status_code == 302
    assert [row.text for row in draft.quotes.all()] == ["Satu."]


def test_half_a_form_shows_both_texts_too(client, draft, conflict):
    """What could not even be stored as it is, is not lost either."""
    response, _writer = conflict(
        {"headline": "", "dateline_on": "kemarin", "rubric": "x", **added(1, {"number": "", "text": "Setengah"})}
    )

    assert response.status_code == 409
    assert set(differences(response)) == {"headline", "dateline_on", "rubric", "quotes"}
    assert "Setengah" in response.content.decode()


def test_a_form_of_the_edition_before_is_refused_though_its_version_fits(client, draft, conflict):
    writer = signed_in(client)
    sent = loaded(client, draft, headline="Judul penulis")
    sent["edition"] = draft.pk + 1

    assert client.post(change_url(draft), sent).status_code == 409
    assert writer == draft.started_by


def test_what_was_typed_into_a_text_that_was_submitted_meanwhile_is_given_back(client, draft):
    signed_in(client)
    sent = loaded(client, draft, headline="Judul penulis", **added(1, quote(2, "Ucapan penulis.")))
    take_step(draft, Step.SUBMIT, by=draft.started_by)

    response = client.post(change_url(draft), sent)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Judul penulis" in page
    assert "Ucapan penulis." in page
    assert "Simpan gabungan" not in page
    merge = {"_merge": "save", "typed": json.dumps({"headline": "X"}), "version": draft.version + 1}
    assert client.post(change_url(draft), merge).status_code == 403
    draft.refresh_from_db()
    assert draft.headline == "Judul lama"


def test_a_reader_from_above_is_given_nothing_but_a_refusal(client, draft):
    client.force_login(member(Role.AUDITOR, ministry()))
    response = client.post(change_url(draft), content(version=draft.version, headline="Judul pemantau"))

    assert response.status_code == 403
    assert "Judul pemantau" not in response.content.decode()


def test_an_unchanged_save_on_an_old_version_says_that_nothing_differs(client, draft, conflict):
    response, writer = conflict({})

    assert differences(response) == {}
    assert "sama dengan yang sudah tersimpan" in response.content.decode()
    assert choose(client, draft, response.content.decode()).status_code == 302


def test_a_refused_row_keeps_the_whole_form(client, draft):
    """A photo of another office is found out by the verb only, after all was sent."""
    signed_in(client)
    foreign = PhotoFactory(regency_office("73.71"))
    member_of_both = someone(Role.WRITER, draft.article.office)
    MembershipFactory(user=member_of_both, office=foreign.office, role=Role.WRITER)
    rows = {"photos-TOTAL_FORMS": 1, "photos-0-photo": foreign.pk, "photos-0-position": 0}

    response = client.post(change_url(draft), content(version=draft.version, headline="Judul penulis", **rows))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Pilih foto dari pustaka" in page
    assert 'value="Judul penulis"' in page
    assert reverse("admin:news_article_keep_typed", args=[draft.article_id]) in page
    assert not draft.photos.exists()


def test_what_was_typed_survives_the_closed_page_of_the_two_texts(client, draft, conflict):
    response, writer = conflict({"headline": "Judul penulis"})

    row = UnsavedText.objects.get()
    assert (row.user, row.edition, typed_in(row)["headline"]) == (writer, draft, "Judul penulis")
    assert row.key in client.get(change_url(draft)).content.decode()
    assert choose(client, draft, response.content.decode()).status_code == 302
    assert not UnsavedText.objects.exists()


def test_the_pages_of_two_texts_are_valid_html(client, draft, conflict):
    def theirs(edition):
        Edition.objects.filter(pk=edition.pk).update(headline="Judul rekan", body="<p>Isi rekan.</p>")

    response, writer = conflict(
        {"headline": "Judul penulis", "body": "<p>Isi saya.</p>", **added(1, quote(2, "X"))}, theirs
    )
    kept = UnsavedText.objects.get()
    take_step(draft, Step.SUBMIT, by=writer)
    closed = client.post(change_url(draft), {"_restore": kept.key})

    pages = {"conflict": response.content.decode(), "closed": closed.content.decode()}
    assert closed.status_code == 403
    assert vnu(pages) == []
