"""What was typed and not saved: kept for its writer alone, offered back, gone after the save."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Contribution, Edition, UnsavedText
from news.refusals import NotNow
from news.states import Step
from news.unsaved import MOST_KEPT, TooLong, forget, keep, sweep, typed_in
from news.workflow import take_step
from offices.roles import Role
from tests.factories import drafted, member, ministry, regency_office
from tests.factories.news import someone
from tests.news.test_article_admin import change_url, content, signed_in
from tests.news.test_conflicts import added, choose, hidden, loaded, quote

pytestmark = pytest.mark.django_db

KEY = "kunci-formulir-1"
ADD = "/admin/news/article/add/"


def pairs(fields: dict) -> list:
    return [[name, str(value)] for name, value in fields.items()]


def keep_url(edition=None) -> str:
    if edition is None:
        return reverse("admin:news_article_keep_new")
    return reverse("admin:news_article_keep_typed", args=[edition.article_id])


def send(client, url, fields, key=KEY, **beside):
    body = json.dumps({"key": key, "typed": pairs(fields), **beside})
    return client.post(url, body, content_type="application/json")


def test_what_is_typed_is_kept_and_is_no_content_and_no_contribution(client):
    edition = drafted(headline="Tersimpan")
    editor = signed_in(client, Role.EDITOR)

    answer = send(client, keep_url(edition), {"headline": "Diketik", "csrfmiddlewaretoken": "x", "_continue": "1"})

    assert answer.status_code == 200
    assert "WITA" in answer.json()["kept_at"]
    row = UnsavedText.objects.get()
    assert (row.user, row.edition, typed_in(row)) == (editor, edition, {"headline": "Diketik"})
    edition.refresh_from_db()
    assert (edition.headline, edition.version) == ("Tersimpan", 2)
    assert not Contribution.objects.filter(user=editor).exists()


def test_a_form_keeps_one_text_however_often_it_is_sent(client):
    signed_in(client)
    for headline in ("B", "Ba", "Ban"):
        send(client, keep_url(), {"headline": headline})

    assert [typed_in(row)["headline"] for row in UnsavedText.objects.all()] == ["Ban"]


def test_a_text_is_offered_back_to_its_writer_and_to_nobody_else(client):
    edition = drafted()
    signed_in(client)
    send(client, keep_url(edition), {"headline": "Rahasia saya"})

    page = client.get(change_url(edition)).content.decode()
    assert "Ada tulisan Anda yang belum tersimpan" in page
    assert f'name="_restore" value="{KEY}"' in page
    assert "belum tersimpan" not in client.get(ADD).content.decode()

    for other in (someone(Role.EDITOR, regency_office()), member(Role.AUDITOR, ministry())):
        client.force_login(other)
        page = client.get(change_url(edition)).content.decode()
        assert KEY not in page
        assert "Rahasia saya" not in page
        assert client.post(change_url(edition), {"_restore": KEY}).status_code == 404
        assert client.post(reverse("admin:news_article_forget", args=[KEY])).status_code == 404
    assert UnsavedText.objects.count() == 1


def test_nothing_is_kept_under_the_name_of_whoever_signed_in_meanwhile(client):
    edition = drafted()
    writer, other = signed_in(client), someone(Role.EDITOR, edition.article.office)
    opened_by = hidden(client.get(change_url(edition)).content.decode(), "_account")
    assert opened_by == hidden(client.get(ADD).content.decode(), "_account") == str(writer.pk)

    for person in (other, member(Role.WRITER, regency_office("73.71"), name="Dari kantor lain")):
        client.force_login(person)
        for url in (keep_url(edition), keep_url()):
            refused = send(client, url, {"headline": "Milik penulis"}, account=opened_by)
            assert refused.status_code == 409
            assert f"kini masuk adalah {person.name}" in refused.json()["sentence"]
    assert not UnsavedText.objects.exists()

    client.force_login(writer)
    assert send(client, keep_url(edition), {"headline": "Milik penulis"}, account=opened_by).status_code == 200
    assert UnsavedText.objects.get().user == writer


@pytest.mark.parametrize("account", ([], {}, None, 2**70, "\0", "x" * 10_000))
def test_an_account_that_is_none_is_refused_or_passed_over(client, account):
    signed_in(client)
    assert send(client, keep_url(), {"headline": "A"}, account=account).status_code in (200, 409)


def test_nothing_is_saved_under_that_name_and_the_form_stays_whose_it_is(client):
    edition = drafted(headline="Tersimpan")
    writer = signed_in(client)
    fields = loaded(client, edition, headline="Diketik", _account=writer.pk)
    new = content(office=edition.article.office.pk, headline="Baru diketik", unsaved_key=KEY, _account=writer.pk)
    client.force_login(someone(Role.EDITOR, edition.article.office))

    for url, sent in ((change_url(edition), fields), (ADD, new), (change_url(edition), {**fields, "version": "1"})):
        refused = client.post(url, sent)
        page = refused.content.decode()
        assert refused.status_code == 409
        assert "Formulir ini dibuka dengan akun lain" in page
        assert f'value="{sent["headline"]}"' in page
        assert hidden(page, "_account") == str(writer.pk)
    assert [(row.headline, row.version) for row in Edition.objects.all()] == [("Tersimpan", edition.version)]
    assert not UnsavedText.objects.exists()

    client.force_login(writer)
    assert client.post(change_url(edition), fields).status_code == 302
    edition.refresh_from_db()
    assert edition.headline == "Diketik"


def test_restoring_fills_the_form_with_its_rows_and_saves_nothing(client):
    edition = drafted(headline="Tersimpan", tags=("humas",))
    signed_in(client)
    fields = loaded(client, edition, headline="Diketik", body="<p>Isi diketik.</p>", **added(0, quote(1, "Setengah")))
    send(client, keep_url(edition), fields, key=fields["unsaved_key"])

    restored = client.post(change_url(edition), {"_restore": fields["unsaved_key"]})

    page = restored.content.decode()
    assert restored.status_code == 200
    for text in ('value="Diketik"', "Isi diketik.", "Setengah", "belum tersimpan. Periksa"):
        assert text in page
    assert 'class="errornote"' not in page
    assert hidden(page, "unsaved_key") == fields["unsaved_key"]
    edition.refresh_from_db()
    assert edition.headline == "Tersimpan"

    assert client.post(change_url(edition), fields).status_code == 302
    edition.refresh_from_db()
    assert (edition.headline, edition.quotes.get().text) == ("Diketik", "Setengah")
    assert not UnsavedText.objects.exists()


def test_a_new_article_is_restored_before_it_ever_was_saved(client):
    writer = signed_in(client)
    fields = content(office=regency_office().pk, headline="Belum pernah tersimpan", unsaved_key=KEY)
    send(client, keep_url(), fields)

    assert "Ada tulisan Anda yang belum tersimpan" in client.get(ADD).content.decode()
    page = client.post(ADD, {"_restore": KEY}).content.decode()
    assert 'value="Belum pernah tersimpan"' in page
    assert not Edition.objects.exists()

    assert client.post(ADD, fields).status_code == 302
    assert Edition.objects.get().started_by == writer
    assert not UnsavedText.objects.exists()


def test_a_half_typed_text_is_restored_without_complaints(client):
    signed_in(client)
    half = {"headline": "", "dateline_on": "kemarin", "event": "999999", **added(0, {"number": "", "text": "Setengah"})}
    send(client, keep_url(), content(**half))

    page = client.post(ADD, {"_restore": KEY})

    assert page.status_code == 200
    assert "kemarin" in page.content.decode()
    assert "Setengah" in page.content.decode()
    assert "errorlist" not in page.content.decode()


def test_a_text_on_an_older_version_is_laid_beside_the_stored_one(client):
    edition = drafted(headline="Awal")
    signed_in(client)
    fields = loaded(client, edition, headline="Diketik")
    send(client, keep_url(edition), fields, key=fields["unsaved_key"])
    Edition.objects.filter(pk=edition.pk).update(deck="Ringkasan rekan.", version=edition.version + 1)

    both = client.post(change_url(edition), {"_restore": fields["unsaved_key"]})

    page = both.content.decode()
    assert both.status_code == 200
    assert "sudah diubah sejak" in page
    assert {one.name: one.proposed for one in both.context["differences"]} == {"headline": "mine", "deck": "theirs"}
    assert choose(client, edition, page).status_code == 302
    edition.refresh_from_db()
    assert (edition.headline, edition.deck) == ("Diketik", "Ringkasan rekan.")
    assert not UnsavedText.objects.exists()


def test_a_text_typed_into_what_was_submitted_meanwhile_can_still_be_copied(client):
    edition = drafted()
    writer = signed_in(client)
    fields = loaded(client, edition, headline="Diketik terlambat")
    take_step(edition, Step.SUBMIT, by=writer)

    assert send(client, keep_url(edition), fields).status_code == 200
    assert KEY in client.get(change_url(edition)).content.decode()
    restored = client.post(change_url(edition), {"_restore": KEY})
    assert restored.status_code == 403
    assert "Diketik terlambat" in restored.content.decode()


def test_discarding_deletes_it_and_returns_to_the_form(client):
    edition = drafted()
    signed_in(client)
    send(client, keep_url(edition), {"headline": "X"})
    send(client, keep_url(), {"headline": "Y"}, key="kunci-formulir-2")

    assert client.post(reverse("admin:news_article_forget", args=[KEY]))["Location"] == change_url(edition)
    assert client.post(reverse("admin:news_article_forget", args=["kunci-formulir-2"]))["Location"] == ADD
    assert not UnsavedText.objects.exists()
    assert client.get(reverse("admin:news_article_forget", args=[KEY])).status_code == 405


def test_a_text_of_one_article_is_not_restored_into_another(client):
    edition, other = drafted(), drafted()
    signed_in(client)
    send(client, keep_url(edition), {"headline": "X"})

    assert client.post(change_url(other), {"_restore": KEY}).status_code == 404
    assert client.post(ADD, {"_restore": KEY}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "3",
        '{"key": "kunci-formulir-1"}',
        '{"key": "pendek", "typed": []}',
        '{"key": "../../../etc", "typed": []}',
        '{"key": "kunci-formulir-1", "typed": {}}',
        '{"key": "kunci-formulir-1", "typed": [["a"]]}',
        '{"key": "kunci-formulir-1", "typed": [["a", 3]]}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"key": "kunci-formulir-1", "typed": ' + "[" * 100_000,
    ],
)
def test_what_is_no_form_is_refused(client, body):
    signed_in(client)

    assert client.post(keep_url(), body, content_type="application/json").status_code == 400
    assert not UnsavedText.objects.exists()


@pytest.mark.parametrize("key", ["\x00", "kunci\x00formulir", "x" * 100_000])
def test_a_key_that_no_form_has_keeps_nothing_from_being_saved(client, key):
    edition = drafted()
    signed_in(client)
    fields = loaded(client, edition)

    saved = client.post(change_url(edition), {**fields, "headline": "Tersimpan", "unsaved_key": key, "_continue": "1"})

    assert saved.status_code == 302
    assert client.post(change_url(edition), {"_restore": key}).status_code == 404
    assert client.post(change_url(edition), {"headline": "", "version": "1", "unsaved_key": key}).status_code == 409
    assert client.post(ADD, {"headline": "", "unsaved_key": key}).status_code == 200


def test_a_text_that_is_too_long_is_refused_with_a_sentence_and_the_one_before_stays(client):
    signed_in(client)
    send(client, keep_url(), {"body": "pendek"})

    answer = send(client, keep_url(), {"body": "x" * 500_001})

    assert answer.status_code == 413
    assert "terlalu panjang" in answer.json()["sentence"]
    assert typed_in(UnsavedText.objects.get()) == {"body": "pendek"}
    with pytest.raises(TooLong):
        keep(someone(Role.WRITER, regency_office()), KEY, [["body", "x" * 500_001]])
    with pytest.raises(NotNow):
        keep(someone(Role.WRITER, regency_office()), "?", [])


@pytest.mark.parametrize(
    ("text", "back"),
    [("a\x00b", "a\x00b"), ("\ud800", "?"), ("日本 ᨔᨘ 🙂", "日本 ᨔᨘ 🙂"), ('</script><!--"', '</script><!--"')],
)
def test_any_character_can_be_kept(client, text, back):
    writer = signed_in(client)

    keep(writer, KEY, [["headline", text]])

    assert typed_in(UnsavedText.objects.get()) == {"headline": back}
    assert client.post(ADD, {"_restore": KEY}).status_code == 200


def test_nobody_keeps_more_than_some_and_nothing_longer_than_a_month():
    writer, other = someone(Role.WRITER, regency_office()), someone(Role.EDITOR, regency_office())
    keep(other, KEY, [["headline", "Lama"]])
    UnsavedText.objects.update(kept_at=timezone.now() - timedelta(days=30, minutes=1))
    keep(writer, KEY, [["headline", "Baru"]])
    assert [row.user for row in UnsavedText.objects.all()] == [writer]

    for number in range(MOST_KEPT + 2):
        keep(writer, f"kunci-formulir-{number + 10}", [["headline", str(number)]])
    assert UnsavedText.objects.count() == MOST_KEPT
    assert UnsavedText.objects.filter(key=f"kunci-formulir-{MOST_KEPT + 11}").exists()
    assert sweep() == 0
    assert forget(other, KEY) == 0
