"""An article's page, at its present and its former addresses."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from news import social, structured
from news.agenda import turning_points, with_tones
from news.attachments import documents_of
from news.changelog import versions_of, versions_to_be
from news.models import Article, Edition, Event
from news.models.editions import Correction
from news.related.page import neighbours_of
from news.rendering import reading_minutes, render_body
from news.sharing import share_links
from news.states import PublicState, Step
from news.views.errors import gone
from offices.freshness import keep_until
from offices.links import absolute

OFFICE = "article__office__region__parent"
MOST_HOPS = 10


def article_detail(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponse:
    """The page of a published article; elsewhere a redirect, a notice (withdrawn) or 410 (removed)."""
    address = {"article__addresses__year": year, "article__addresses__month": int(month)}
    editions = Edition.objects.with_content().select_related(OFFICE, "article__rubric", "card")
    edition = editions.filter(
        **address,
        article__addresses__slug=slug,
        article__slug=slug,
        article__public_state=PublicState.LIVE,
        pk=F("article__live_edition"),
    ).first()
    if edition is None:
        return _not_simply_live(request, year, int(month), slug)
    context = page_of(request, edition)
    keep_until(request, *turning_points([context["event"]] if context["event"] else []))
    context["share_image"] = social.of_article(request, edition, context["photos"])
    context["structured"] = structured.of_article(request, context)
    context["read_url"] = reverse("article_read", args=[edition.article_id])
    context["demand_url"] = reverse("demand_form", args=[year, month, slug])
    return render(request, "news/article_detail.html", context)


def page_of(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """The context of the article page for `edition`, loaded `with_content()` and with its article's office."""
    article, office = edition.article, edition.article.office
    neighbours = neighbours_of(edition)
    photos = list(edition.photos.all())
    versions = versions_of(edition)
    address = absolute(request, article.get_absolute_url()) if article.published_on else ""
    published_at = article.first_published_at or edition.saved_at
    return {
        "article": article,
        "edition": edition,
        "office": office,
        "region": office.region,
        "crumbs": _crumbs(article),
        "lead": photos[0] if photos else None,
        "photos": photos,
        "more_photos": photos[1:],
        "documents": documents_of(edition),
        "body": render_body(edition, neighbours),
        "mentions": [m for m in edition.mentions.all() if m.appointment],
        "event": _event_of(edition),
        "tags": [row.tag for row in edition.tagged.all()],
        "related": neighbours.related,
        "elsewhere": neighbours.elsewhere,
        "office_latest": neighbours.office_latest,
        "versions": versions,
        "corrections": [version for version in versions if version.is_correction],
        "published_at": published_at,
        "updated_at": article.updated_at if article.updated_at and article.updated_at > published_at else None,
        "reading_minutes": reading_minutes(edition),
        "share_links": share_links(edition.headline, address) if address else [],
        "canonical_url": address,
    }


def preview_of(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """The same for an edition that is not out yet, with what its publication will tell of it: for no public page."""
    edition.article.rubric = edition.rubric
    page, versions = page_of(request, edition), versions_to_be(edition)
    will_update = len(versions) > len(page["versions"]) and edition.correction != Correction.TYPO
    return {
        **page,
        "versions": versions,
        "updated_at": edition.saved_at if will_update else page["updated_at"],
        "corrections": [version for version in versions if version.is_correction],
        "canonical_url": "",
        "share_links": [],
        "share_image": "",
    }


def _event_of(edition: Edition) -> Event | None:
    """The event it tells of, once that is announced, with how loudly its status is to be shown."""
    return with_tones([edition.event])[0] if edition.event and edition.event.is_public else None


def _crumbs(article: Article) -> list[tuple[str, str]]:
    """The place, then the rubric."""
    region = article.office.region
    place = [(region.name, region.get_absolute_url())]
    return [*place, (article.rubric.name, article.rubric.get_absolute_url())] if article.rubric else place


def _not_simply_live(request: HttpRequest, year: int, month: int, slug: str) -> HttpResponse:
    """What an address answers that is former, withdrawn, removed or unknown."""
    address = {"addresses__year": year, "addresses__month": month, "addresses__slug": slug}
    article = Article.objects.select_related("live_edition", "office__region__parent").filter(**address).first()
    if article is None or article.public_state == PublicState.NEVER:
        raise Http404
    if article.public_state == PublicState.REMOVED:
        return _elsewhere(request, article)
    if article.slug != slug:
        return redirect(article, permanent=True)
    return _withdrawn(request, article)


def _elsewhere(request: HttpRequest, article: Article) -> HttpResponse:
    """Where a removed article leads: to the one it was redirected to, through others removed since; else 410."""
    seen = {article.pk}
    while article.public_state == PublicState.REMOVED:
        if article.redirect_to_id is None or article.redirect_to_id in seen or len(seen) > MOST_HOPS:
            return gone(request)
        article = Article.objects.get(pk=article.redirect_to_id)
        seen.add(article.pk)
    return redirect(article, permanent=True)


def _withdrawn(request: HttpRequest, article: Article) -> HttpResponse:
    """Headline, date and explanation of a withdrawn article, and nothing else of it."""
    step = article.transitions.filter(step=Step.WITHDRAW).last()
    context = {
        "headline": article.headline,
        "published_at": article.first_published_at,
        "withdrawn_at": step.at,
        "explanation": step.note,
        "office": article.office,
        "region": article.office.region,
        "robots": "noindex",
    }
    response = render(request, "news/article_withdrawn.html", context)
    response["Cache-Control"] = "no-cache"  # and no ETag: nothing at this address is confirmed before it is asked for
    return response
