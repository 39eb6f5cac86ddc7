"""Demands of readers in the newsroom: the list by deadline, the page of each, and its steps."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Demand, Edition, Notice
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import member, published, regency_office
from tests.factories.demands import WORDS, accepted, demanded, received
from tests.factories.news import someone

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

LIST = "/admin/news/demand/"


@pytest.fixture
def editor(client):
    editor = member(Role.EDITOR, regency_office())
    client.force_login(editor)
    return editor


def page(client, demand):
    return client.get(reverse("admin:news_demand_change", args=[demand.pk])).content.decode()


def step(client, demand, name, note=""):
    return client.post(reverse("admin:news_demand_step", args=[demand.pk, name]), {"note": note})


def listed(client, **asked):
    return [row.pk for row in client.get(LIST, asked).context["cl"].result_list]


def test_the_page_shows_what_was_said_and_how_to_reach_the_person(client, editor):
    demand = demanded(phone="0812 3456 7890")
    text = page(client, demand)
    for words in (demand.number, *(WORDS[name] for name in ("wrong", "right", "name", "capacity", "email"))):
        assert words in text
    assert 'href="https://bukti.example.org/hadir.pdf" rel="noopener noreferrer nofollow"' in text
    assert "0812 3456 7890" in text and "Permintaan konfirmasi" in text
    assert "nonce" not in text and Demand.objects.get().nonce not in text


def test_what_a_person_wrote_is_shown_as_text(client, editor):
    demand = demanded(wrong="<script>alert(1)</script>", evidence="https://example.org/?q=%3Cscript%3E")
    assert "<script>alert(1)" not in page(client, demand)


def test_accepting_leads_to_the_new_edition_which_says_what_it_answers(client, editor):
    demand = demanded()
    response = step(client, demand, "accept")
    edition = Edition.objects.get(number=2)
    assert response["Location"] == reverse("admin:news_article_change", args=[edition.article_id])
    form = client.get(response["Location"]).content.decode()
    assert f"permintaan {demand.number}</a>" in form
    assert '<option value="koreksi" selected>' in form
    assert "edisi 2, Draf" in page(client, demand)


def test_a_writer_is_not_told_which_demand_an_edition_answers(client):
    demand = accepted()
    client.force_login(someone(Role.WRITER, demand.article.office))
    form = client.get(reverse("admin:news_article_change", args=[demand.article_id])).content.decode()
    assert demand.number not in form


def test_refusing_needs_words_and_settles_the_demand(client, editor):
    demand = demanded()
    refused = step(client, demand, "refuse", " ")
    assert refused.status_code == 409
    assert "Tulis dahulu penjelasan bagi peminta." in refused.content.decode()
    assert step(client, demand, "refuse", "Daftar hadir menyebut 400.").status_code == 302
    text = page(client, demand)
    assert "Daftar hadir menyebut 400." in text and "Tolak dengan alasan…" not in text


@pytest.mark.parametrize(("note", "status"), [("a" * 10_000, 409), ("\x00", 409), ("Terima kasih 🙏🏽", 302)])
def test_words_that_cannot_be_stored_are_refused_with_a_sentence(client, editor, note, status):
    assert step(client, demanded(), "resolve", f"Alasan {note}").status_code == status


@pytest.mark.parametrize("name", ["open", "correct", "forget", "fly"])
def test_other_steps_are_not_offered(client, editor, name):
    demand = demanded()
    assert step(client, demand, name, "Alasan.").status_code in (400, 409)
    demand.refresh_from_db()
    assert demand.state == "open"


def test_the_list_is_narrowed_by_what_waits_and_what_is_late(client, editor):
    waiting, late, done = demanded(), demanded(), demanded()
    received()
    Demand.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    step(client, done, "refuse", "Alasan.")
    assert listed(client) == [done.pk, late.pk, waiting.pk]
    assert set(listed(client, keadaan="ditunggu")) == {waiting.pk, late.pk}
    assert listed(client, keadaan="lewat") == [late.pk]
    assert listed(client, keadaan="selesai") == [done.pk]
    assert listed(client, q=done.number) == [done.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_page_take_the_same_queries_whatever_is_there(client, editor, django_assert_num_queries, rows):
    for _n in range(rows):
        demand = accepted(published())
    with django_assert_num_queries(8):
        assert len(listed(client)) == rows
    page(client, demand)  # Django asks once in a process what kind of row it is
    with django_assert_num_queries(12):
        page(client, demand)


def test_a_demand_whose_correction_is_discarded_waits_for_its_answer_again_in_every_place(client, editor):
    demand = accepted()

    def states():
        pages = (page(client, demand), client.get(LIST).content.decode())
        said = [re.search(r'<span class="state">([^<]+)<', text).group(1) for text in pages]
        [item] = next(part for part in client.get("/admin/").context["sections"] if part.key == "demands").items
        return {*said, item.note.rpartition(" · ")[2]}

    assert states() == {"Koreksi disiapkan"}
    take_step(demand.correction, Step.DISCARD, by=editor)
    assert states() == {"Menunggu jawaban"}
    step(client, demand, "accept")
    assert states() == {"Koreksi disiapkan"}


def test_a_notice_leads_to_the_demand(client, editor):
    demand = demanded(published(headline="Pasar"))
    notice = Notice.objects.get(recipient=editor, kind="demanded")
    inbox = client.get("/admin/notices/").content.decode()
    assert "Pembaca meminta hak jawab atau koreksi atas “Pasar”." in inbox
    response = client.post(reverse("admin:notice_read", args=[notice.pk, "open"]))
    assert response["Location"] == reverse("admin:news_demand_change", args=[demand.pk])
    assert notice.mail_state == "owed"


def test_what_is_forgotten_says_so(client, editor, settings):
    from news.demands import sweep_demands

    demand = demanded()
    step(client, demand, "refuse", "Alasan.")
    sweep_demands(timezone.now() + timedelta(days=settings.DEMAND_KEPT_DAYS + 1))
    text = page(client, demand)
    assert "Data pribadi peminta dihapus" in text and WORDS["name"] not in text
