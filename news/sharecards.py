"""The verbs that have cards for links drawn and removed: articles' by the worker, others drawn when asked for."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from news.agenda import OFF
from news.archive import last_day
from news.cards.drawing import Wording, draw_card
from news.models import Article, Edition, Event, ShareCard
from news.owed import Work
from news.renditions import store
from news.states import SPENT
from offices.models import Appointment, Office, Official, Region

DESIGN = 1  # one more for every change of how cards look: those drawn when asked for are then drawn anew
AT_ONCE = 500


def owe_card(edition: Edition) -> None:
    """Have the card of `edition` drawn soon, if it has none yet; part of the publishing transaction."""
    ShareCard.objects.get_or_create(edition=edition)


def owe_removal(edition: Edition) -> None:
    """Have the card of `edition` removed soon, which nobody will read again; part of the step's transaction."""
    CARDS.owe(ShareCard.objects.filter(edition=edition))


def settle(card: ShareCard) -> None:
    """Draw the card of an edition and let the page name it, or remove it where the edition is spent.

    Raises OSError where the photo's original is lost.
    """
    office = "article__office__region__parent"
    edition = Edition.objects.select_related(office).defer("body").get(pk=card.edition_id)
    if edition.state in SPENT:
        _remove(card)
    else:
        _draw(card, edition)


def _draw(card: ShareCard, edition: Edition) -> None:
    row = edition.photos.select_related("photo").first()
    photo = _original_of(row.photo) if row else None
    content = draw_card(_of_article(edition), photo, (row.focal_x, row.focal_y) if row else (0.5, 0.5))
    card.sha256 = hashlib.sha256(content).hexdigest()
    store(card.name, content)
    card.save(update_fields=["sha256"])
    ShareCard.objects.filter(pk=card.pk, due_at=card.due_at).update(due_at=None, attempts=0)


def _remove(card: ShareCard) -> None:
    """The picture goes with the last card that shows it; one that is lost in a race is drawn when asked for."""
    if card.sha256 and not ShareCard.objects.filter(sha256=card.sha256).exclude(pk=card.pk).exists():
        storages["private"].delete(card.name)
    card.delete()


CARDS = Work(ShareCard, "due_at", "attempts", settle)


def owe_all_cards() -> None:
    """Let every public article owe its card, also where it has one: after a change of how cards look."""
    editions = list(Article.objects.published().values_list("live_edition", flat=True))
    for first in range(0, len(editions), AT_ONCE):
        some = editions[first : first + AT_ONCE]
        ShareCard.objects.bulk_create([ShareCard(edition_id=key) for key in some], ignore_conflicts=True)
        CARDS.owe(ShareCard.objects.filter(edition__in=some))


def _original_of(photo) -> bytes:
    with storages["private"].open(photo.original.name) as original:
        return original.read()


def card_named(name: str) -> bytes | None:
    """The picture that is stored under `name`; None where it is lost."""
    try:
        with storages["private"].open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None


def drawn(wording: Wording) -> bytes:
    """The card that says `wording`, from storage or drawn now."""
    digest = digest_of(wording)
    name = f"cards/{digest[:2]}/{digest}.jpg"
    content = card_named(name)
    if content is None:
        content = draw_card(wording)
        store(name, content)
    return content


def digest_of(wording: Wording) -> str:
    """What changes whenever the card of `wording` does."""
    return hashlib.sha256(repr((DESIGN, wording)).encode()).hexdigest()


def _ribbon(region: Region) -> dict[str, str]:
    """What stands on the ribbon of every card: the place, its province, its clock."""
    above = region.parent if region.parent and region.parent.is_province else None
    return {
        "place": region.name,
        "above": above.name if above else "",
        "zone": region.zone_abbr,
        "code": region.code,
        "site": settings.SITE_NAME,
    }


def _of_article(edition: Edition) -> Wording:
    office = edition.article.office
    return Wording(headline=edition.headline, source=office.full_name, **_ribbon(office.region))


def of_office(office: Office) -> Wording:
    """The card of the office's own front page."""
    return Wording(headline=office.full_name, source=_("Berita, pejabat, dan agenda"), **_ribbon(office.region))


def of_event(event: Event) -> Wording:
    """The card of an announced event; its organiser is loaded with the region's parent."""
    off = event.get_state_display() if event.state in OFF else ""
    source = " · ".join(filter(None, (off, event.time_label, event.place)))
    return Wording(headline=event.title, source=source, **_ribbon(event.organiser.region))


def term_on_card(terms: Iterable[Appointment]) -> Appointment | None:
    """The first of `terms`, which come latest first, that has begun: nobody is shown in a post they do not hold yet."""
    return next((term for term in terms if term.held_from <= last_day()), None)


def of_official(official: Official, term: Appointment) -> Wording:
    """The card of an official, with the position of `term`, which is loaded with its office's region and parent."""
    office = term.position.office
    return Wording(headline=official.name, source=f"{term.title_as_held}, {office.full_name}", **_ribbon(office.region))


def of_site(nation: Region) -> Wording:
    """The card of every page that has none of its own."""
    return Wording(headline=settings.SITE_TAGLINE, source="", **_ribbon(nation))
