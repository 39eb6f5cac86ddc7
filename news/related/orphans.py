"""The public articles to which no other leads: neither by an editor's hand, nor by the list under another article."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from news.models import Article, Orphan, Pointer, RelatedRow
from news.states import PublicState
from offices.scope import rows_in_scope


def orphans_for(user: Any) -> QuerySet[Orphan]:
    """Those in the scope of `user`, newest first, with what their row shows."""
    return newest_orphans().filter(pk__in=rows_in_scope(user, Orphan.objects.all()))


def newest_orphans() -> QuerySet[Orphan]:
    """All of them, newest first, as far as the public reads them now."""
    loaded = "article__live_edition", "office__region"
    public = Orphan.objects.filter(article__public_state=PublicState.LIVE).select_related(*loaded)
    return public.defer("article__live_edition__body").order_by("-first_published_at", "-pk")


def lonely() -> QuerySet[Article]:
    """The public articles to which nothing leads, looked up one by one: for few articles, or for an audit."""
    shown = RelatedRow.objects.filter(neighbour=OuterRef("pk"), is_shown=True, article__public_state=PublicState.LIVE)
    pointed = Pointer.objects.filter(target=OuterRef("pk"), article__public_state=PublicState.LIVE)
    return Article.objects.published().filter(~Exists(shown), ~Exists(pointed))


def locked_public(keys: Iterable[int]) -> set[int]:
    """Lock these articles until the transaction ends, in the order of their keys; returns those that are public."""
    rows = Article.objects.select_for_update(no_key=True).filter(pk__in=[*keys]).order_by("pk")
    return {key for key, state in rows.values_list("pk", "public_state") if state == PublicState.LIVE}


def settle(keys: Iterable[int]) -> None:
    """Put down which of these articles, whose locks are held, are orphans now."""
    rows = lonely().filter(pk__in=[*keys]).values("office_id", "first_published_at", article_id=F("pk"))
    alone = [Orphan(**row) for row in rows]
    Orphan.objects.filter(pk__in=[*keys]).exclude(pk__in=[orphan.pk for orphan in alone]).delete()
    Orphan.objects.bulk_create(alone, ignore_conflicts=True)


def settle_orphans(keys: Iterable[int]) -> None:
    """The same for articles of which no lock is held."""
    wanted = {*keys}
    if wanted:
        with transaction.atomic():
            locked_public(wanted)
            settle(wanted)
