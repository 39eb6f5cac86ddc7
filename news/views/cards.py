"""The pictures beside links to our pages elsewhere; what is not public has none."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from news.cards.drawing import Wording
from news.models import Article, Event, ShareCard
from news.sharecards import CARDS, card_named, drawn, of_event, of_office, of_official, of_site, term_on_card
from offices.models import Appointment, Office, Official, Region
from offices.models.regions import ROOT_CODE


def article_card(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponse:
    """The card of a public article, once it is drawn; a former address leads to the present one."""
    address = {"addresses__year": year, "addresses__month": int(month), "addresses__slug": slug}
    article = get_object_or_404(Article.objects.published().select_related("live_edition__card"), **address)
    if article.slug != slug:
        return redirect(f"{article.get_absolute_url()}kartu.jpg", permanent=True)
    card = getattr(article.live_edition, "card", None)
    content = card_named(card.name) if card and card.sha256 else None
    if content is None:
        _owe_lost(card)
        raise Http404
    return _jpeg(content)


def _owe_lost(card: ShareCard | None) -> None:
    """Have a card drawn again whose file got lost, as after a restored backup."""
    if card and card.sha256 and card.due_at is None:
        CARDS.owe(ShareCard.objects.filter(pk=card.pk))


def office_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of an office."""
    return _card(of_office(get_object_or_404(Office.objects.select_related("region__parent"), slug=slug)))


def event_card(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The card of an announced event."""
    return _card(of_event(get_object_or_404(Event.objects.published().for_cards(), year=year, slug=slug)))


def official_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of an official who holds or held a position."""
    official = get_object_or_404(Official, slug=slug)
    terms = Appointment.objects.select_related("position__office__region__parent").filter(official=official)
    term = term_on_card(terms)
    if term is None:
        raise Http404
    return _card(of_official(official, term))


def site_card(request: HttpRequest) -> HttpResponse:
    """The card of every other page."""
    return _card(of_site(get_object_or_404(Region, pk=ROOT_CODE)))


def _card(wording: Wording) -> HttpResponse:
    return _jpeg(drawn(wording))


def _jpeg(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg")
