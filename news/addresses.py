"""Public addresses of articles: given once, never reused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from news.models import Address, AddressChange, Article
from news.refusals import AddressTaken, NotNow
from news.states import PublicState
from news.websub.owing import owe_pings
from offices.roles import EDITORS
from offices.scope import roles_over

RESERVED = frozenset({"feed", "agenda", "arsip", "indeks"})
LONGEST, LONGEST_SUFFIXED = 90, 110


def slug_from(headline: str) -> str:
    """A slug of at most 90 characters, cut between words; never all digits, never a reserved word, never empty."""
    slug = slugify(headline)
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST]
    if not slug or slug in RESERVED or slug.isdigit():
        slug = f"berita-{slug}".rstrip("-")
    return slug


def give_address(article: Article, headline: str, day: date) -> str:
    """Record and return the slug under which `article` is published on `day`, local date.

    Many offices choose the same words in the same month ("hut-ri"): the second takes its office's slug as suffix, and
    a number where even that is taken. Call it inside the publishing transaction: where another article is being given
    the same words at this moment, it waits for that one and then takes the next.
    """
    wished = slug_from(article.slug or headline)
    for slug in _candidates(wished, article.office.slug):
        _address, new = Address.objects.get_or_create(
            year=day.year, month=day.month, slug=slug, defaults={"article": article}
        )
        if new:
            return slug
    raise AssertionError("unreachable: the candidates never end")


def _candidates(wished: str, office: str) -> Iterator[str]:
    yield wished
    suffixed = f"{wished[: LONGEST_SUFFIXED - 1 - len(office)].rstrip('-')}-{office}"
    yield suffixed
    number = 2
    while True:
        yield f"{suffixed}-{number}"
        number += 1


def may_change_address(user: Any, article: Article) -> bool:
    """Whether the address of `article`, its office and region loaded, is `user`'s to change at present."""
    readable = article.public_state in (PublicState.LIVE, PublicState.WITHDRAWN)
    return readable and bool(roles_over(user, article.office) & EDITORS)


def change_address(article: Article, slug: str, *, by: Any) -> AddressChange:
    """Give a published `article` the address `slug` in its own year and month; the former one leads there for good.

    Raises `PermissionDenied` where it is not theirs, `NotNow` where the article has no address to change or `slug` is
    none, `AddressTaken` where it stands or stood somewhere already. A refusal changes nothing.
    """
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).select_related("office__region").get(pk=article.pk)
        if not roles_over(by, article.office) & EDITORS:
            raise PermissionDenied
        _refuse_address(article, slug)
        day = article.published_on
        _address, new = Address.objects.get_or_create(
            year=day.year, month=day.month, slug=slug, defaults={"article": article}
        )
        if not new:
            raise AddressTaken(suggestion=_next_free(article, slug))
        former, article.slug = article.slug, slug
        article.changed_at = timezone.now()
        article.save(update_fields=["slug", "changed_at"])
        owe_pings(article)
        return AddressChange.objects.create(
            article=article, former=former, current=slug, actor=by, at=article.changed_at
        )


def check_address(article: Article, slug: str) -> None:
    """Raise what `change_address` would raise for `slug` at this moment; changes nothing."""
    _refuse_address(article, slug)
    day = article.published_on
    if Address.objects.filter(year=day.year, month=day.month, slug=slug).exists():
        raise AddressTaken(suggestion=_next_free(article, slug))


def _refuse_address(article: Article, slug: str) -> None:
    if article.public_state not in (PublicState.LIVE, PublicState.WITHDRAWN):
        raise NotNow(_("Hanya alamat berita yang terbit atau ditarik yang dapat diganti."))
    if slug == article.slug:
        raise NotNow(_("Alamat itu sama dengan yang sekarang."))
    if fault := fault_of(slug):
        raise NotNow(fault)


def fault_of(slug: str) -> str:
    """Why no article can have the address `slug`, in a sentence; empty where one can."""
    try:
        validate_slug(slug)
    except ValidationError:
        return _("Alamat hanya memuat huruf kecil, angka, dan tanda hubung, misalnya: rakornas-2026.")
    if slug != slugify(slug):
        return _("Alamat ditulis dengan huruf kecil, dan kata-katanya dipisahkan satu tanda hubung.")
    if len(slug) > LONGEST_SUFFIXED:
        return _("Alamat paling panjang %(most)d huruf.") % {"most": LONGEST_SUFFIXED}
    if slug.isdigit():
        return _("Alamat tidak boleh hanya terdiri dari angka.")
    if slug in RESERVED:
        return _("Alamat “%(slug)s” dipakai halaman lain di situs ini; tambahkan satu kata.") % {"slug": slug}
    return ""


def _next_free(article: Article, slug: str) -> str:
    """The first of the suffixed forms of `slug` that nobody has in the month of `article`."""
    day = article.published_on
    taken = Address.objects.filter(year=day.year, month=day.month)
    return next(one for one in _candidates(slug, article.office.slug) if not taken.filter(slug=one).exists())
