"""When an article last changed for those who keep copies of it."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from news.addresses import change_address
from news.models import Article
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories import approved, drafted, published, regency_office, withdrawn
from tests.factories.news import someone
from tests.factories.unseen import removed

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2019, 12, 11, 4, tzinfo=UTC)


def changed_at(edition):
    return Article.objects.get(pk=edition.article_id).changed_at


def forgotten(edition):
    """The same, as if nothing had changed for years."""
    Article.objects.filter(pk=edition.article_id).update(changed_at=LONG_AGO)
    return edition


def is_recent(moment):
    return timezone.now() - moment < timedelta(minutes=1)


def test_what_was_never_public_has_never_changed():
    assert [changed_at(make()) for make in (drafted, approved)] == [None, None]


def test_a_backdated_publication_changed_now():
    edition = published(at=LONG_AGO)
    assert edition.article.first_published_at == LONG_AGO
    assert is_recent(changed_at(edition))


def test_a_typo_changes_it_too():
    edition, editor = forgotten(published()), someone(Role.EDITOR, regency_office())
    newer = start_edition(edition.article, by=editor)
    newer.headline, newer.correction = "Judul yang betul", "typo"
    newer.save()
    newer = save_content(newer, by=editor, version=newer.version)
    take_step(newer, Step.PUBLISH_URGENTLY, by=editor, note="Salah ketik.")
    assert is_recent(changed_at(edition))


@pytest.mark.parametrize("step", [Step.WITHDRAW, Step.REMOVE])
def test_leaving_the_public_is_a_change(step):
    edition = forgotten(published())
    take_step(edition, step, by=someone(Role.MANAGER, regency_office()), note="Data keliru.")
    assert is_recent(changed_at(edition))


def test_coming_back_is_a_change():
    edition = forgotten(withdrawn())
    take_step(edition, Step.REINSTATE, by=someone(Role.MANAGER, regency_office()), note="Sudah diperiksa.")
    assert is_recent(changed_at(edition))


def test_another_address_is_a_change():
    edition = forgotten(published())
    change_address(edition.article, "alamat-lain", by=someone(Role.EDITOR, regency_office()))
    assert is_recent(changed_at(edition))


def test_a_full_database_learns_it_from_the_history():
    made = {make: make() for make in (drafted, published, withdrawn, removed)}
    Article.objects.update(changed_at=None)
    import_module("news.migrations.0012_changes_for_copies").tell_when_it_last_changed(apps, None)
    found = {make: changed_at(edition) for make, edition in made.items()}
    assert found.pop(drafted) is None
    assert all(is_recent(moment) for moment in found.values())
