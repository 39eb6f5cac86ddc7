"""What a reader meets who demands a correction: the form, its limits, the letters, and the page of their own."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from news.answering import answer
from news.delivery import deliver_owed_mail
from news.demand_form import new_stamp
from news.demands import MOST_A_DAY, MOST_AN_HOUR, confirm, sweep_demands, token_of
from news.models import Address, Article, Demand, DemandLetter, MailLog, Notice
from news.models.demands import DemandStep
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import published
from tests.factories.demands import WORDS, accepted, demanded, received
from tests.factories.news import someone
from tests.factories.unseen import STATES, hidden_articles
from tests.mailboxes import Refusing

pytestmark = pytest.mark.django_db
sqlite_only = pytest.mark.sqlite_only


@pytest.fixture
def article():
    return Article.objects.get(pk=published(headline="Panen raya di lereng").article_id)


def form_of(article):
    return f"{article.get_absolute_url()}hak-jawab/"


def stamp_of(article, age=timedelta(minutes=5)):
    """The stamp of a form that was opened some minutes ago."""
    with time_machine.travel(timezone.now() - age, tick=False):
        return new_stamp(article)


def file(client, article, **changes):
    words = {**WORDS, "stamp": stamp_of(article), "website": "", **changes}
    return client.post(form_of(article), words)


def state_on(client, demand):
    html = client.get(f"/hak-jawab/{token_of(demand)}/").content.decode()
    return re.search(r'status--live">([^<]+)<', html).group(1)


def letters():
    """What left for people outside the newsroom."""
    deliver_owed_mail()
    left = [sent for sent in mail.outbox if sent.extra_headers["Message-ID"].startswith("<permintaan-")]
    return [(sent.to, sent.subject, sent.body) for sent in left]


def link_in(body):
    return re.search(r"http://localhost:8000(/hak-jawab/\S+/)", body).group(1)


# The way there


@sqlite_only
def test_a_published_article_leads_to_its_form_and_shows_nothing_of_demands(client, article):
    demanded(article.live_edition, name="Nama Rahasia", wrong="Salah sekali")
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'href="{form_of(article)}" rel="nofollow"' in page
    assert "Rahasia" not in page and "Salah sekali" not in page and "Hak koreksi" not in page


@sqlite_only
def test_the_form_says_who_reads_it_and_within_which_time(client, article):
    response = client.get(form_of(article))
    page = response.content.decode()
    assert article.office.full_name in page and "2 × 24 jam" in page and "Panen raya di lereng" in page
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert not response.cookies


def test_what_is_not_public_has_no_form(client):
    live = published()
    assert client.get(form_of(live.article)).status_code == 200
    for headline in hidden_articles():
        article = Article.objects.get(editions__headline=headline)
        address = article.get_absolute_url() or f"/berita/2026/11/{article.slug or 'x'}/"
        for response in (client.get(f"{address}hak-jawab/"), client.post(f"{address}hak-jawab/", WORDS)):
            assert response.status_code == 404
            assert headline not in response.content.decode()
    assert len(STATES) == 5
    assert not Demand.objects.exists()


def moved(article):
    day = article.published_on
    Address.objects.create(article=article, year=day.year, month=day.month, slug="panen-baru")
    Article.objects.filter(pk=article.pk).update(slug="panen-baru")
    return Article.objects.get(pk=article.pk)


@sqlite_only
def test_an_address_that_moved_leads_to_the_form_at_its_new_one(client, article):
    old, new = form_of(article), form_of(moved(article))
    assert client.get(old)["Location"] == new


@sqlite_only
def test_what_was_written_while_the_address_moved_is_not_lost(client, article):
    old = form_of(article)
    moved(article)
    response = client.post(old, {**WORDS, "stamp": stamp_of(article), "website": ""})
    assert response.status_code == 200
    assert Demand.objects.get().article == article


# Filing


def test_a_demand_goes_from_the_form_through_the_mailbox_to_the_newsroom(client, article):
    page = file(client, article).content.decode()
    demand = Demand.objects.get()
    assert demand.number in page and token_of(demand) not in page
    [(to, subject, body)] = letters()
    assert to == ["ibu.rekaan@example.org"] and demand.number in subject
    status = client.get(link_in(body))
    assert "Konfirmasi permintaan" in status.content.decode()
    assert Demand.objects.get().state == "received"
    assert client.post(link_in(body)).status_code == 302
    assert "Menunggu jawaban" in client.get(link_in(body)).content.decode()
    assert Demand.objects.get().state == "open"
    assert len(letters()) == 2


@sqlite_only
def test_the_first_letter_holds_no_word_of_whoever_filed_it(client, article):
    strange = {"name": "Beli obat di http://jahat.example", "wrong": "KATA-SALAH", "right": "KATA-BENAR"}
    file(client, article, **strange, capacity="KATA-SEBAGAI", evidence="https://jahat.example/x")
    [(_to, subject, body)] = letters()
    assert not any(word in subject + body for word in ("jahat", "KATA", "obat"))
    assert "abaikan surat ini" in body


@sqlite_only
def test_somebody_with_a_telephone_alone_gets_the_link_at_once(client, article):
    page = file(client, article, email="", phone="0812 3456 7890").content.decode()
    demand = Demand.objects.get()
    assert demand.state == "open"
    assert f"/hak-jawab/{token_of(demand)}/" in page
    assert letters() == []


@sqlite_only
def test_the_form_works_without_a_token_and_sets_no_cookie(article):
    strict = Client(enforce_csrf_checks=True)
    response = file(strict, article)
    assert response.status_code == 200 and Demand.objects.count() == 1
    assert not response.cookies and not strict.cookies


@sqlite_only
def test_a_form_on_another_site_files_nothing(client, article):
    words = {**WORDS, "stamp": stamp_of(article)}
    assert client.post(form_of(article), words, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert not Demand.objects.exists()


@sqlite_only
def test_a_form_pressed_twice_is_one_demand(client, article):
    stamp = stamp_of(article)
    first, second = (file(client, article, stamp=stamp) for _n in range(2))
    assert first.status_code == second.status_code == 200
    number = Demand.objects.get().number
    assert number in first.content.decode() and number in second.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Pilih hak jawab atau hak koreksi."),
        ({"kind": "hak_tolak"}, "hak_tolak"),
        ({"wrong": ""}, "Tulis bagian berita yang keliru."),
        ({"name": "   "}, "Tulis nama Anda."),
        ({"email": "", "phone": ""}, "Isi surel atau nomor telepon"),
        ({"email": "bukan surel"}, "alamat email"),
        ({"phone": "telepon saya"}, "Tulis nomor telepon dengan angka"),
        ({"evidence": "javascript:alert(1)"}, "URL yang valid"),
        ({"right": "a" * 10_000}, "4000"),
        ({"name": "Nama\x00"}, "karakter yang tidak dapat disimpan"),
        ({"website": "http://mesin.example"}, "Tekan Kirim sekali lagi"),
        ({"stamp": ""}, "sudah terlalu lama terbuka"),
        ({"stamp": "\x00"}, "sudah terlalu lama terbuka"),
        ({"stamp": "a:b:c" * 2_000}, "sudah terlalu lama terbuka"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, article, changes, sentence):
    response = file(client, article, **changes)
    page = response.content.decode()
    assert response.status_code == 400 and sentence in page
    assert "\x00" not in page
    assert changes.keys() & {"right", "wrong"} or WORDS["right"] in page
    assert not Demand.objects.exists()


@sqlite_only
def test_a_form_is_good_for_a_day_and_for_its_own_article(client, article):
    other = published()
    for stamp in (stamp_of(article, timedelta(hours=25)), stamp_of(other.article), stamp_of(article) + "x"):
        response = file(client, article, stamp=stamp)
        assert response.status_code == 400
        assert stamp not in response.content.decode()
    assert file(client, article, stamp=stamp_of(article, timedelta(hours=23))).status_code == 200


@sqlite_only
def test_whoever_sends_without_having_looked_waits_a_moment_and_sends_again(client, article):
    stamp = new_stamp(article)
    refused = file(client, article, stamp=stamp)
    assert refused.status_code == 400 and stamp in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert file(client, article, stamp=stamp).status_code == 200


def test_one_address_files_five_an_hour(client, article):
    for number in range(MOST_AN_HOUR):
        assert file(client, article, email=f"orang{number}@example.org").status_code == 200
    response = file(client, article, email="orang9@example.org")
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert Demand.objects.count() == MOST_AN_HOUR
    elsewhere = client.post(
        form_of(article), {**WORDS, "stamp": stamp_of(article), "email": "x@example.org"}, REMOTE_ADDR="203.0.113.9"
    )
    assert elsewhere.status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert file(client, article, email="orang9@example.org").status_code == 200


@sqlite_only
def test_one_mailbox_gets_three_letters_a_day_wherever_they_come_from(client, article):
    words = {**WORDS, "email": "Korban@Example.org"}
    answers = [
        client.post(form_of(article), {**words, "stamp": stamp_of(article)}, REMOTE_ADDR=f"203.0.113.{n}")
        for n in range(MOST_A_DAY + 1)
    ]
    assert [response.status_code for response in answers] == [200, 200, 200, 429]
    assert Demand.objects.filter(email="korban@example.org").count() == MOST_A_DAY


@sqlite_only
def test_no_address_of_a_sender_is_kept(client, article):
    client.post(form_of(article), {**WORDS, "stamp": stamp_of(article)}, REMOTE_ADDR="203.0.113.9")
    demand = Demand.objects.values().get()
    assert not any("203.0.113" in str(value) for value in demand.values())
    assert re.fullmatch("[0-9a-f]{64}", demand["sender"])


@pytest.mark.parametrize("body", [b"name=%ff%fe&wrong=%00", b"\xff" * 5_000, b"", b"kind=" + b"%F0%9F%A6%98" * 2_500])
def test_whatever_is_sent_is_answered_with_sentences(client, article, body):
    kind = "application/x-www-form-urlencoded"
    assert client.post(form_of(article), body, content_type=kind).status_code == 400
    assert client.post(form_of(article), body, content_type="application/json").status_code == 400
    assert not Demand.objects.exists()


def test_halves_of_a_pair_are_refused(client, article):
    """A part of a form may name its own coding, and some yield what UTF-8 cannot say."""
    parts = {**WORDS, "stamp": stamp_of(article), "right": r"\ud800"}
    fields = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
    )
    response = client.post(
        form_of(article), f"{fields}--x--\r\n", content_type="multipart/form-data; boundary=x; charset=unicode_escape"
    )
    assert response.status_code == 400
    assert not Demand.objects.exists()


def test_emoji_are_words(client, article):
    assert file(client, article, right="Terima kasih 🙏🏽").status_code == 200
    assert Demand.objects.get().right == "Terima kasih 🙏🏽"


@sqlite_only
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(client, article, method):
    demand = received(article.live_edition)
    assert getattr(client, method)(form_of(article)).status_code == 405
    assert getattr(client, method)(f"/hak-jawab/{token_of(demand)}/").status_code == 405


def test_the_pages_take_few_queries(client, article, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(form_of(article))
    for _n in range(3):
        demand = demanded(article.live_edition)
    with django_assert_num_queries(3):
        client.get(f"/hak-jawab/{token_of(demand)}/")


# One's own page


def status_of(client, demand):
    return client.get(f"/hak-jawab/{token_of(demand)}/")


@sqlite_only
def test_the_page_of_a_demand_is_kept_by_nobody(client):
    response = status_of(client, received())
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert "Disallow: /hak-jawab/" in client.get("/robots.txt").content.decode()


@sqlite_only
def test_the_page_shows_neither_name_nor_address(client):
    page = status_of(client, demanded(name="Nama Rahasia", phone="0812 3456 7890")).content.decode()
    assert not any(word in page for word in ("Rahasia", "ibu.rekaan", "3456"))


def test_a_link_that_opens_nothing_gets_one_and_the_same_answer(client):
    demand = received()
    token = token_of(demand)
    answers = [client.get(f"/hak-jawab/{wrong}/") for wrong in (token[:-1] + "~", token[:-2], "x" * 80)]
    Demand.objects.all().delete()
    answers.append(client.get(f"/hak-jawab/{token}/"))
    assert {response.status_code for response in answers} == {404}
    assert client.post(f"/hak-jawab/{token}/").status_code == 404
    assert answers[-1]["Cache-Control"] == "no-store, private"


@sqlite_only
def test_a_look_confirms_nothing(client):
    demand = received()
    for method in (client.get, client.head):
        method(f"/hak-jawab/{token_of(demand)}/")
    demand.refresh_from_db()
    assert demand.state == "received"


@sqlite_only
def test_a_refusal_is_told_with_its_reason_by_letter_and_on_the_page(client):
    demand = demanded()
    answer(demand, DemandStep.REFUSE, by=someone(Role.EDITOR, demand.article.office), note="Daftar hadir <400>.")
    assert "Daftar hadir &lt;400&gt;." in status_of(client, demand).content.decode()
    assert any("Daftar hadir <400>." in body for _to, _subject, body in letters())


@sqlite_only
def test_the_page_says_that_a_demand_waits_again_once_its_correction_is_discarded(client):
    demand = accepted()
    assert state_on(client, demand) == "Koreksi disiapkan"
    take_step(demand.correction, Step.DISCARD, by=someone(Role.EDITOR, demand.article.office))
    assert state_on(client, demand) == "Menunggu jawaban"


def test_what_is_late_says_so(client):
    demand = demanded()
    assert "sudah lewat" not in status_of(client, demand).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert "Tenggat ini sudah lewat" in status_of(client, demand).content.decode()


@sqlite_only
def test_a_withdrawn_article_is_named_and_a_removed_one_is_not(client):
    edition = published(headline="Judul yang hilang")
    demand, manager = demanded(edition), someone(Role.MANAGER, edition.article.office)
    take_step(edition, Step.WITHDRAW, by=manager, note="Keliru.")
    page = status_of(client, demand).content.decode()
    assert "Judul yang hilang" in page and edition.article.get_absolute_url() not in page
    take_step(edition, Step.REMOVE, by=manager, note="Hapus.")
    assert "Judul yang hilang" not in status_of(client, demand).content.decode()


# Letters


@sqlite_only
def test_a_letter_is_sent_once_and_its_row_tells_how_it_fared():
    demand = demanded()
    assert len(letters()) == 1  # the one that asked for confirmation is no longer needed
    assert len(letters()) == 1
    assert list(demand.letters.order_by("pk").values_list("kind", "mail_state")) == [
        ("confirm", "none"),
        ("opened", "sent"),
    ]
    assert not MailLog.objects.filter(subject__contains=demand.number).exists()


@sqlite_only
def test_a_letter_is_tried_again_when_the_mail_server_is_away(settings):
    received()
    Notice.objects.update(mail_state="none")
    settings.EMAIL_BACKEND = f"{Refusing.__module__}.Refusing"
    assert dict(deliver_owed_mail()) == {"retried": 1}
    letter = DemandLetter.objects.get()
    assert (letter.mail_state, letter.attempts) == ("owed", 1)
    assert "ConnectionRefusedError" in letter.failure


@sqlite_only
def test_no_letter_follows_somebody_who_was_forgotten():
    demand = demanded()
    answer(demand, DemandStep.REFUSE, by=someone(Role.EDITOR, demand.article.office), note="Tidak.")
    sweep_demands(timezone.now() + timedelta(days=400))
    assert letters() == []


@sqlite_only
def test_a_letter_begins_no_header_of_its_own():
    edition = published(headline="Judul\u2028Bcc: x@example.org")
    confirm(received(edition))
    [(_to, subject, _body)] = letters()
    assert "\n" not in subject and len(subject.splitlines()) == 1
