"""The list of public articles nothing leads to: its page, its command, and what it costs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from news.admin import orphans as page
from news.models import Orphan, RelatedRow
from news.related.orphans import settle_orphans
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import member, ministry, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


def orphan(office=None, *, days: int = 0, **fields):
    """A public article to which nothing leads, put down as one."""
    edition = published(office, at=timezone.now() - timedelta(days=days), **fields)
    article = edition.article
    Orphan.objects.create(article=article, office=article.office, first_published_at=article.first_published_at)
    return edition


def printed(*args) -> str:
    out = StringIO()
    call_command("orphans", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_an_editor_reads_those_of_the_office_newest_first(client):
    client.force_login(member(Role.EDITOR, regency_office()))
    orphan(days=2, headline="Yang lama")
    orphan(days=1, headline="Yang baru")
    orphan(regency_office("73.71"), headline="Milik orang lain")
    html = client.get(reverse("admin:orphans")).content.decode()
    assert html.index("Yang baru") < html.index("Yang lama")
    assert "Milik orang lain" not in html
    assert '<th scope="col">Kantor</th>' not in html


def test_the_ministry_reads_all_with_their_offices(client):
    client.force_login(member(Role.CURATOR, ministry()))
    orphan(headline="Dari Bantaeng")
    orphan(regency_office("11.01"), headline="Dari jauh")
    html = client.get(reverse("admin:orphans")).content.decode()
    assert "Dari Bantaeng" in html
    assert "Dari jauh" in html
    assert '<th scope="col">Kantor</th>' in html


def test_where_everything_is_linked_the_page_says_so(client):
    client.force_login(member(Role.EDITOR, regency_office()))
    assert "semua berita terbit sudah ditunjuk" in client.get(reverse("admin:orphans")).content.decode()


def test_what_is_withdrawn_is_not_listed_even_before_the_lists_follow(client):
    client.force_login(member(Role.EDITOR, regency_office()))
    edition = orphan(headline="Akan ditarik")
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    assert Orphan.objects.exists()
    assert "Akan ditarik" not in client.get(reverse("admin:orphans")).content.decode()
    assert "Akan ditarik" not in printed()


def test_pages_lead_on_and_back(client, monkeypatch):
    monkeypatch.setattr(page, "ROWS_A_PAGE", 2)
    client.force_login(member(Role.EDITOR, regency_office()))
    for n in range(5):
        orphan(days=n, headline=f"Berita {n}")
    first = client.get(reverse("admin:orphans"))
    second = client.get(first.context["older_url"])
    third = client.get(second.context["older_url"])
    assert [row.article.headline for row in second.context["rows"]] == ["Berita 2", "Berita 3"]
    assert [row.article.headline for row in third.context["rows"]] == ["Berita 4"]
    assert third.context["older_url"] is None
    assert client.get(third.context["newer_url"]).context["rows"] == second.context["rows"]
    assert client.get(reverse("admin:orphans"), {"sebelum": "bukan kursor"}).status_code == 404
    assert client.post(reverse("admin:orphans")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_rows(client, rows, django_assert_num_queries):
    client.force_login(member(Role.EDITOR, regency_office()))
    for n in range(rows):
        orphan(days=n)
    client.get(reverse("admin:orphans"))
    with django_assert_num_queries(7):
        client.get(reverse("admin:orphans"))


def test_the_command_prints_them_with_their_addresses():
    edition = orphan(headline="Tanpa tautan")
    orphan(regency_office("11.01"), headline="Milik orang lain")
    out = printed("--office", edition.article.office.slug)
    assert "Tanpa tautan" in out
    assert edition.article.get_absolute_url() in out
    assert "Milik orang lain" not in out
    assert "1 berita tanpa tautan." in out
    assert "2 daftar terkait masih menunggu" in out
    assert "1 berita tanpa tautan, dan masih ada lagi." in printed("--limit", "1")
    with pytest.raises(CommandError):
        printed("--office", "tidak-ada")


def test_a_place_in_a_list_saves_an_article_only_where_the_page_shows_it():
    edition, other = published(), published(regency_office("73.71"))
    parts = dict.fromkeys(("score", "words", "event", "officials", "tags", "place", "time"), 0)
    row = RelatedRow.objects.create(article=other.article, neighbour=edition.article, is_shown=False, **parts)
    settle_orphans({edition.article_id})
    assert set(Orphan.objects.values_list("pk", flat=True)) == {edition.article_id}
    RelatedRow.objects.filter(pk=row.pk).update(is_shown=True)
    settle_orphans({edition.article_id})
    assert Orphan.objects.count() == 0
