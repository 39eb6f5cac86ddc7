"""WebSub: feeds name their hubs, and hubs are told of each change once, however often telling them fails."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from news.addresses import change_address
from news.models import Ping
from news.models.pings import PingResult
from news.states import Step
from news.websub import delivery
from news.websub.delivery import (
    LEASE,
    MOST_ATTEMPTS,
    PAUSES,
    deliver_owed_pings,
    enqueue_pings,
    forget_pings,
    tell_hubs,
)
from news.websub.owing import owe_pings
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from portal.clock import JOBS
from tests.factories.news import EventFactory, RubricFactory, approved, drafted, published, someone
from tests.factories.offices import OfficialFactory, ministry, province_office, regency_office
from tests.hub import running_hub

pytestmark = pytest.mark.django_db
SITE = "https://kabar.example.go.id"
ONLY_OFFICE = {"/feed/", "/kantor/kantor-73-03/feed/", "/wilayah/73/feed/", "/rubrik/pemerintahan/feed/"}


@pytest.fixture
def hub(settings):
    with running_hub() as hub:
        settings.SITE_URL, settings.WEBSUB_HUBS, settings.WEBSUB_ALLOW_LOOPBACK = SITE, [hub.address], True
        yield hub


def owed():
    return set(Ping.objects.filter(result=PingResult.OWED).values_list("feed", flat=True))


def settled():
    """Deliver everything, and forget how."""
    deliver_owed_pings()
    Ping.objects.all().delete()


def told(hub):
    """The feeds that the hub was told of, as RSS."""
    return [words["hub.url"][0].removeprefix(SITE) for words in hub.told]


def due_again():
    Ping.objects.update(due_at=timezone.now())


def manager(edition):
    return someone(Role.MANAGER, edition.article.office)


# What feeds say of hubs.


@pytest.mark.parametrize("path", ["/feed/", "/kantor/kantor-73-03/feed/", "/berita/feed/?provinsi=73&dari=2020-01-01"])
def test_a_feed_names_its_hubs_and_itself_in_document_and_header(client, settings, path):
    settings.WEBSUB_HUBS = ["https://satu.example/", "https://dua.example/hub"]
    published()
    for form in ("rss", "atom", "json"):
        response = client.get(f"{path}{'&' if '?' in path else '?'}format={form}")
        if form == "json":
            document = json.loads(response.content)
            hubs, own = [hub["url"] for hub in document["hubs"]], document["feed_url"]
            assert {hub["type"] for hub in document["hubs"]} == {"WebSub"}
        else:
            links = feedparser.parse(response.content).feed.links
            hubs, [own] = ([link.href for link in links if link.rel == rel] for rel in ("hub", "self"))
        assert hubs == settings.WEBSUB_HUBS
        assert response.headers["Link"] == f'<{own}>; rel="self"' + "".join(f', <{hub}>; rel="hub"' for hub in hubs)


def test_without_hubs_none_is_named_and_nothing_is_owed(client):
    published()
    for form in ("rss", "atom", "json"):
        assert b"hub" not in client.get(f"/feed/?format={form}").content
    assert Ping.objects.count() == 0


# What is owed.


def test_a_publication_owes_a_word_about_every_feed_it_stands_in(hub):
    event = EventFactory(slug="rakornas", year=2026, state="published", organiser=ministry())
    official = OfficialFactory(slug="budi")
    published(tags=("humas", "desa"), event=event, officials=(official,))
    assert owed() == ONLY_OFFICE | {
        "/tag/humas/feed/",
        "/tag/desa/feed/",
        "/agenda/2026/rakornas/feed/",
        "/pejabat/budi/feed/",
    }


def test_the_ministry_lies_in_no_province(hub):
    published(ministry())
    assert owed() == {"/feed/", "/kantor/pusat/feed/", "/rubrik/pemerintahan/feed/"}


def test_an_event_that_nobody_announced_is_named_to_nobody(hub):
    published(event=EventFactory(slug="rahasia"))
    assert owed() == ONLY_OFFICE


def test_what_is_not_public_owes_nothing(hub):
    drafted(tags=("rahasia",))
    approved(tags=("rahasia",))
    assert owed() == set()


def test_a_correction_owes_a_word_about_the_feeds_it_left(hub):
    edition = published(tags=("lama",))
    settled()
    editor = someone(Role.EDITOR, edition.article.office)
    newer = start_edition(edition.article, by=editor)
    newer.rubric, newer.correction, newer.correction_note = RubricFactory(name="Ekonomi"), "ralat", "Salah rubrik."
    newer.save()
    newer.tags.set(["baru"])
    newer = save_content(newer, by=editor, version=newer.version)
    take_step(newer, Step.PUBLISH_URGENTLY, by=editor, note="Salah rubrik.")
    assert owed() == ONLY_OFFICE | {"/rubrik/ekonomi/feed/", "/tag/lama/feed/", "/tag/baru/feed/"}


def test_withdrawal_return_removal_and_another_address_owe_a_word(hub):
    edition = published()
    settled()
    steps = [
        lambda: change_address(edition.article, "alamat-lain", by=someone(Role.EDITOR, edition.article.office)),
        lambda: take_step(edition, Step.WITHDRAW, by=manager(edition), note="Keliru."),
        lambda: take_step(edition, Step.REINSTATE, by=manager(edition), note="Benar."),
        lambda: take_step(edition, Step.REMOVE, by=manager(edition), note="Keliru."),
    ]
    for step in steps:
        step()
        assert owed() == ONLY_OFFICE
        settled()


def test_a_step_that_fails_owes_nothing(hub):
    edition = published()
    settled()
    with pytest.raises(RuntimeError), transaction.atomic():
        take_step(edition, Step.WITHDRAW, by=manager(edition), note="Keliru.")
        raise RuntimeError
    assert Ping.objects.count() == 0


def test_every_hub_is_owed_a_word(hub, settings):
    settings.WEBSUB_HUBS = [hub.address, "https://lain.example/"]
    published()
    assert Ping.objects.count() == 2 * len(ONLY_OFFICE)


# Telling.


def test_a_hub_is_told_of_each_form_by_the_address_that_the_feed_calls_its_own(client, hub):
    published()
    assert deliver_owed_pings() == {"told": 4}
    words = next(words for words in hub.told if words["hub.url"][0] == f"{SITE}/feed/")
    assert words == {
        "hub.mode": ["publish"],
        "hub.url": [f"{SITE}/feed/", f"{SITE}/feed/?format=atom", f"{SITE}/feed/?format=json"],
    }
    for url in words["hub.url"]:
        assert f'<{url}>; rel="self"' in client.get(url.removeprefix(SITE)).headers["Link"]
    assert set(hub.agents) == {f"Kabar Daerah (+{SITE}/)"}
    assert set(Ping.objects.values_list("result", "attempts", "failure")) == {("told", 1, "")}
    assert (deliver_owed_pings(), len(hub.told)) == ({}, 4)


def test_words_about_one_feed_are_told_as_one(hub):
    for _n in range(3):
        published()
    assert deliver_owed_pings() == {"told": 4}
    assert sorted(told(hub)) == sorted(ONLY_OFFICE)
    assert Ping.objects.filter(result=PingResult.MERGED).count() == 8


def test_a_change_after_a_word_was_taken_is_told_anew(hub, monkeypatch):
    published()
    tell = delivery._tell

    def publish_meanwhile(ping):
        published()
        return tell(ping)

    monkeypatch.setattr(delivery, "_tell", publish_meanwhile)
    assert deliver_owed_pings(1) == {"told": 1}
    assert Ping.objects.filter(result=PingResult.OWED, feed__in=told(hub)).count() == 1


def test_a_hub_that_fails_is_asked_again_and_given_up_in_the_end(hub):
    published()
    Ping.objects.exclude(feed="/feed/").delete()
    for number, pause in enumerate(PAUSES, start=1):
        hub.answers = [503]
        assert deliver_owed_pings() == {"owed": 1}
        ping = Ping.objects.get()
        assert (ping.attempts, ping.result, ping.failure) == (number, PingResult.OWED, "HTTP 503")
        assert pause - timedelta(seconds=30) < ping.due_at - timezone.now() <= pause
        assert deliver_owed_pings() == {}
        due_again()
    hub.answers = [503]
    assert deliver_owed_pings() == {"failed": 1}
    due_again()
    assert deliver_owed_pings() == {}
    ping = Ping.objects.get()
    assert (ping.attempts, ping.result, ping.settled_at is not None) == (MOST_ATTEMPTS, PingResult.FAILED, True)


def test_a_hub_that_recovers_is_told(hub):
    published()
    hub.answers = [500]
    deliver_owed_pings(1)
    due_again()
    assert deliver_owed_pings() == {"told": 4}
    assert set(Ping.objects.values_list("result", "failure")) == {("told", "")}


def test_a_hub_that_fails_is_left_alone_for_the_rest_of_a_turn(hub):
    published()
    hub.answers = [500] * 4
    assert deliver_owed_pings() == {"owed": 1}
    assert len(hub.told) == 1


def test_nobody_is_followed_elsewhere(hub):
    published()
    hub.answers = [302]
    assert deliver_owed_pings(1) == {"owed": 1}
    assert (len(hub.told), Ping.objects.exclude(failure="").get().failure) == (1, "HTTP 302")


def test_no_address_inside_our_own_network_is_reached(hub, settings):
    settings.WEBSUB_ALLOW_LOOPBACK = False
    published()
    assert deliver_owed_pings(1) == {"owed": 1}
    assert hub.told == []
    assert Ping.objects.exclude(failure="").get().failure == "InvalidIPAddress: 127.0.0.1"


def test_a_hub_that_does_not_answer_holds_up_nobody_for_long(hub, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", (0.2, 0.2))
    hub.before_answering.clear()
    published()
    assert deliver_owed_pings(1) == {"owed": 1}
    assert Ping.objects.exclude(failure="").get().failure.startswith("ReadTimeout: ")


def test_a_hub_that_was_taken_off_the_list_is_told_nothing_more(hub, settings):
    published()
    settings.WEBSUB_HUBS = []
    assert deliver_owed_pings(1) == {"failed": 1}
    assert hub.told == []


def test_a_word_whose_sender_died_is_told_by_the_next(hub, monkeypatch):
    published()
    Ping.objects.exclude(feed="/feed/").delete()

    def die(ping):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(delivery, "_tell", die)
        deliver_owed_pings()
    ping = Ping.objects.get()
    assert (ping.result, ping.attempts) == (PingResult.OWED, 1)
    assert timezone.now() < ping.due_at <= timezone.now() + LEASE
    assert deliver_owed_pings() == {}
    due_again()
    assert (deliver_owed_pings(), told(hub)) == ({"told": 1}, ["/feed/"])


def test_the_clock_hands_words_to_the_workers_once(hub):
    assert enqueue_pings() is False
    published()
    assert (enqueue_pings(), enqueue_pings()) == (True, False)
    assert DBTaskResult.objects.filter(task_path=tell_hubs.module_path).count() == 1
    assert tell_hubs.call() == {"told": 4}
    assert {enqueue_pings, forget_pings} <= set(JOBS)


def test_what_was_settled_long_ago_is_forgotten_and_nothing_else(hub):
    published()
    deliver_owed_pings()
    published(province_office("91"))
    Ping.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert forget_pings() == 4
    assert set(Ping.objects.values_list("result", flat=True)) == {"owed"}


@pytest.mark.parametrize("rows", [1, 3])
def test_owing_takes_few_queries_whatever_the_number_of_feeds(hub, django_assert_num_queries, rows):
    tags = [f"tag{n}" for n in range(rows)]
    article = published(tags=tags, officials=[OfficialFactory() for _ in range(rows)]).article
    with django_assert_num_queries(6):
        owe_pings(article)


def test_settings_that_no_hub_could_use_are_refused(settings):
    settings.WEBSUB_HUBS, settings.SITE_URL = ["hub.example", "ftp://hub.example/"], ""
    assert [found.id for found in run_checks() if found.id.startswith("news.")] == [
        "news.E001",
        "news.E001",
        "news.E002",
    ]
    settings.WEBSUB_HUBS, settings.SITE_URL = ["https://hub.example/"], SITE
    assert [found.id for found in run_checks() if found.id.startswith("news.")] == []


# The record.


def test_a_manager_reads_what_hubs_were_told_of_the_own_office_and_the_centre_everything(client, hub):
    published()
    published(province_office("91"))
    hub.answers = [202, 503]
    deliver_owed_pings(2)
    for person, count in ((someone(Role.MANAGER, regency_office()), 4), (someone(Role.ADMINISTRATOR, ministry()), 8)):
        client.force_login(person)
        response = client.get("/admin/news/ping/")
        assert response.context["cl"].result_count == count
        assert client.get(f"/admin/news/ping/{response.context['cl'].result_list[0].pk}/change/").status_code == 200
    assert "HTTP 503" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_takes_few_queries(client, hub, django_assert_num_queries, rows):
    for _ in range(rows):
        published()
    client.force_login(someone(Role.ADMINISTRATOR, ministry()))
    client.get("/admin/news/ping/")
    with django_assert_num_queries(6):
        client.get("/admin/news/ping/")
