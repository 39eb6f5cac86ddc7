"""The verbs that keep an article at the top of its office's front page, and let it go."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, Pin
from news.models.pins import MOST_PINS
from news.queries import public_cards
from news.refusals import NotNow
from news.states import PublicState
from offices.models import Office
from offices.roles import EDITORS
from offices.scope import roles_over

MOST_DAYS = 90


def may_pin(user: Any, article: Article) -> bool:
    """Whether `user` arranges the front page of the article's office, whose region must be loaded."""
    return bool(roles_over(user, article.office) & EDITORS)


def pin_article(article: Article, *, by: Any, last_day: date) -> Pin:
    """Keep a published article at the top of its office's front page up to and including `last_day` there.

    A pinned article gets the new day. Raises `PermissionDenied` where it is not theirs, `NotNow` with a sentence where
    the article is not public, the day is past or too far, or all places are taken.
    """
    if not may_pin(by, article):
        raise PermissionDenied
    today = article.office.local_day(timezone.now())
    if not today <= last_day <= today + timedelta(days=MOST_DAYS):
        raise NotNow(_("Pilih hari antara hari ini dan %(most)d hari ke depan.") % {"most": MOST_DAYS})
    with transaction.atomic():
        Office.objects.select_for_update(no_key=True).get(pk=article.office_id)
        if Article.objects.get(pk=article.pk).public_state != PublicState.LIVE:
            raise NotNow(_("Hanya berita yang terbit yang dapat disematkan."))
        return _put(article, last_day, today, by)


def _put(article: Article, last_day: date, today: date, by: Any) -> Pin:
    """On the place it has already, else on the first one that is free or has run out."""
    pins = {pin.place: pin for pin in Pin.objects.filter(office=article.office_id)}
    own = [place for place, pin in pins.items() if pin.article_id == article.pk]
    usable = [place for place in range(1, MOST_PINS + 1) if place not in pins or pins[place].last_day < today]
    if not own and not usable:
        raise NotNow(_("Sudah ada %(most)d berita yang disematkan. Lepas satu dahulu.") % {"most": MOST_PINS})
    place = (own or usable)[0]
    fields = {"article": article, "last_day": last_day, "pinned_by": by, "pinned_at": timezone.now()}
    return Pin.objects.update_or_create(office=article.office, place=place, defaults=fields)[0]


def unpin_article(article: Article, *, by: Any) -> None:
    """Let the article go; nothing happens where it is not pinned. Raises `PermissionDenied` where it is not theirs."""
    if not may_pin(by, article):
        raise PermissionDenied
    Pin.objects.filter(article=article).delete()


def pinned_cards(office: Office, today: date) -> list[Article]:
    """What the public reads at the top of `office` on `today`, the last pinned first; each knows that it is pinned."""
    shown = Pin.objects.filter(office=office).shown_on(today)
    articles = list(public_cards().filter(pin__in=shown).order_by("-pin__pinned_at", "-pin__pk"))
    for article in articles:
        article.is_pinned = True
    return articles
