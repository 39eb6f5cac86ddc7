"""The verbs by which an editor keeps an article from being placed beside another, and allows it again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, RelatedVeto
from news.refusals import NotNow
from news.related.keeping import owe_own_list
from news.states import PublicState
from offices.models import Kind
from offices.roles import EDITORS
from offices.scope import roles_over
from offices.trail import record

MOST_VETOES = 100


def may_veto(user: Any, article: Article) -> bool:
    """Whether `user` decides what is suggested beside `article`, whose office's region must be loaded."""
    return bool(roles_over(user, article.office) & EDITORS)


def veto(article: Article, neighbour: int, *, by: Any) -> None:
    """Never place the article with the key `neighbour` beside `article` by itself; twice is once.

    It belongs to the article and outlives its editions; an editor's own pick is not touched. Raises `PermissionDenied`
    where it is not theirs, `NotNow` with a sentence where the other is not public or there are too many.
    """
    with transaction.atomic():
        _refuse(article, by)
        other = Article.objects.published().exclude(pk=article.pk).filter(pk=neighbour).first()
        if other is None:
            raise NotNow(_("Berita itu tidak sedang terbit, jadi tidak disarankan."))
        if RelatedVeto.objects.filter(article=article).count() >= MOST_VETOES:
            raise NotNow(_("Sudah ada %(most)d saran yang ditolak; pulihkan sebagian dahulu.") % {"most": MOST_VETOES})
        known = {"by": by, "at": timezone.now()}
        _row, is_new = RelatedVeto.objects.get_or_create(article=article, neighbour=other, defaults=known)
        if is_new:
            _follow(article, by, _("saran terkait ditolak: artikel %d") % other.pk)


def lift_veto(article: Article, neighbour: int, *, by: Any) -> None:
    """Let it be suggested again; nothing happens where it may be. Raises `PermissionDenied` where it is not theirs."""
    with transaction.atomic():
        _refuse(article, by)
        gone, _by_model = RelatedVeto.objects.filter(article=article, neighbour=neighbour).delete()
        if gone:
            _follow(article, by, _("saran terkait dipulihkan: artikel %d") % neighbour)


def vetoed_beside(article: Article) -> list[Article]:
    """The public articles that are kept from it, the last vetoed first; what is not public stays vetoed, unnamed."""
    vetoes = RelatedVeto.objects.filter(article=article, neighbour__public_state=PublicState.LIVE)
    loaded = "neighbour__live_edition", "neighbour__office__region"
    return [row.neighbour for row in vetoes.select_related(*loaded).defer("neighbour__live_edition__body")]


def _refuse(article: Article, by: Any) -> None:
    """Lock the article; raise where it is not theirs."""
    if not may_veto(by, article):
        raise PermissionDenied
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _follow(article: Article, by: Any, note: str) -> None:
    headline = article.editions.order_by("-number").values_list("headline", flat=True)[0]
    record(Kind.CHANGED, by=by, thing=article, name=headline, note=note)
    owe_own_list(article)
