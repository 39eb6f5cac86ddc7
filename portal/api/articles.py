"""Articles and what changed among them, for programs."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from news.models import Article
from news.queries import Filters, public_cards
from news.search.answers import understood
from news.search.pages import by_relevance, newest_first
from news.search.questions import Question
from news.states import PublicState
from portal.api import shapes
from portal.api.contents import article_row, full_editions, pointed_to, summary_row
from portal.api.errors import answers
from portal.api.paging import Page, Rows, between_steps, by_moment, steps_in
from portal.api.parameters import (
    ALL_FILTERS,
    CURSOR,
    ORDER,
    SEARCHING,
    SINCE,
    USUAL,
    WORDS,
    ArticleId,
    Limit,
    described,
    filters_of,
    kept,
    newest_wanted,
    question_in,
    since_in,
)
from portal.api.places import addresses_for
from portal.api.refusals import Refused

router = Router(tags=["articles"])


@router.get(
    "/articles/",
    response=Page[shapes.ArticleSummary],
    summary=gettext_lazy("Daftar berita"),
    description=gettext_lazy(
        "Yang terbit, terbaru lebih dahulu, disaring seperti halaman Semua berita (`/berita/`), atau dicari."
    ),
    openapi_extra=answers(400, 404, parameters=[*SEARCHING, *described(*ALL_FILTERS, SINCE, CURSOR)]),
)
def article_list(request: HttpRequest, limit: Limit = USUAL):
    filters, newest, at = filters_of(request), newest_wanted(request.GET), addresses_for(request)
    if question := question_in(request.GET):
        rows = _found(question, filters, request, limit, newest)
    else:
        rows = _listed(filters, since_in(request.GET), request, limit)
    return rows.page(request, _kept(request, filters.as_query()), lambda article: summary_row(article, at))


def _listed(filters: Filters, since: datetime | None, request: HttpRequest, limit: int) -> Rows:
    articles = filters.apply(public_cards())
    if since is None:
        return by_moment(articles, request, limit)
    changed = articles.filter(changed_at__gte=since).order_by("-changed_at", "-pk")
    return by_moment(changed, request, limit, "changed_at")


def _found(question: Question, filters: Filters, request: HttpRequest, limit: int, newest: bool) -> Rows:
    """What the search page of readers would show, without its excerpts."""
    search, _corrected = understood(question, filters)
    page = (newest_first if newest else by_relevance)(search, steps_in(request), limit)
    cards = filters.apply(public_cards()).in_bulk([hit.article_id for hit in page.hits])
    found = [cards[hit.article_id] for hit in page.hits if hit.article_id in cards]
    return between_steps(found, page.newer, page.older)


@router.get(
    "/articles/{article_id}/",
    response=shapes.Article,
    summary=gettext_lazy("Satu berita"),
    description=gettext_lazy("Isi lengkapnya. 410 bila ditarik atau dihapus: hapuslah salinan Anda."),
    openapi_extra=answers(404, 410),
)
def article_detail(request: HttpRequest, article_id: ArticleId):
    editions = full_editions(Article.objects.filter(pk=article_id))
    if article_id not in editions:
        raise _absent(article_id)
    edition = editions[article_id]
    return article_row(edition, pointed_to([edition]), addresses_for(request))


@router.get(
    "/changes/",
    response=Page[shapes.Change],
    summary=gettext_lazy("Perubahan, untuk yang menyimpan salinan"),
    description=gettext_lazy(
        "Semua yang terbit, diperbaiki, ditarik, diterbitkan kembali, dihapus, atau berganti alamat, yang terakhir "
        "berubah lebih dahulu, dengan isi lengkap. Catat jam Anda mulai, ikuti `next` sampai habis, lalu lain kali "
        "mintalah `diubah_sejak` dari jam itu dikurangi satu menit."
    ),
    openapi_extra=answers(400, 404, parameters=described("provinsi", "kantor", SINCE, CURSOR)),
)
def change_list(request: HttpRequest, limit: Limit = USUAL):
    filters, since = filters_of(request), since_in(request.GET)
    changed = _changed(filters).filter(changed_at__gte=since) if since else _changed(filters)
    rows = by_moment(changed, request, limit, "changed_at")
    editions = full_editions(Article.objects.filter(pk__in=[article.pk for article in rows.rows]))
    pointed, at = pointed_to(editions.values()), addresses_for(request)
    return rows.page(
        request,
        _kept(request, kept(filters, "provinsi", "kantor")),
        lambda article: _change(article, editions.get(article.pk), pointed, at),
    )


def _changed(filters: Filters) -> QuerySet[Article]:
    """What the public has ever read, at the places chosen; of what it reads no more, nothing but that it is gone."""
    places = {name: getattr(filters, name) for name in ("province", "office") if getattr(filters, name)}
    rows = Article.objects.filter(changed_at__isnull=False, **places).exclude(public_state=PublicState.NEVER)
    return rows.only("public_state", "changed_at").order_by("-changed_at", "-pk")


def _change(article: Article, edition, pointed, at) -> dict:
    state = PublicState.LIVE if edition else article.public_state
    if state == PublicState.LIVE and not edition:  # it was withdrawn between two questions
        state = PublicState.WITHDRAWN
    content = article_row(edition, pointed, at) if edition else None
    return {"id": article.pk, "state": state, "changed_at": article.changed_at, "article": content}


def _kept(request: HttpRequest, chosen: dict[str, str]) -> dict[str, str]:
    return chosen | {name: request.GET[name] for name in (WORDS, ORDER, SINCE) if request.GET.get(name)}


def _absent(article_id: int) -> Exception:
    gone = Article.objects.filter(pk=article_id, public_state__in=[PublicState.WITHDRAWN, PublicState.REMOVED])
    if gone.exists():
        return Refused(410, _("Berita ini tidak lagi terbit. Hapus salinan yang Anda simpan."))
    return Http404()
