"""The world of the canary table: what the public sees, and one hidden thing of every kind, marked by a bird."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from news.models import Article, Edition, Event
from news.pictures import WORKS
from news.public_files import SHELVES
from news.writing import save_content, start_edition
from offices.models import Office, Official
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    EventFactory,
    PhotoFactory,
    PositionFactory,
    ministry,
    published,
    regency_office,
    scheduled,
)
from tests.factories.demands import demanded
from tests.factories.news import someone
from tests.factories.unseen import STATES

BIRD, CALL = "kenari", "merdu"
"""Words that stand in everything hidden and in nothing public; readers may type the second."""

HIDDEN = {**STATES, "Naskah terjadwal": scheduled}


@dataclass
class World:
    """`hidden` holds what `hide()` has made: editions by the name of their state, and an unannounced event."""

    office: Office
    official: Official
    event: Event
    public: Article
    neighbour: Article
    hidden: dict[str, Edition] = field(default_factory=dict)
    hidden_event: Event | None = None

    @property
    def hidden_articles(self) -> list[Article]:
        return [edition.article for edition in self.hidden.values()]

    @property
    def hidden_tags(self) -> list[str]:
        return [tag.slug for edition in self.hidden.values() for tag in edition.tags.all() if BIRD in tag.slug]

    @property
    def hidden_files(self) -> list[str]:
        """The names that the renditions and documents of hidden articles would have in public storage."""
        return [
            name
            for shelf in SHELVES
            for item in shelf.model.objects.filter(uses__edition__in=self.hidden.values())
            for name in shelf.names(item, item.uses.all())
        ]


def build() -> World:
    """What the public sees: articles of two provinces with all an article can have, an event, an official."""
    office = regency_office("73.03")
    event = EventFactory(state="published", organiser=ministry())
    event.participants.add(office)
    term = AppointmentFactory(position=PositionFactory(office=office))
    there = regency_office("11.01")
    neighbour = published(there, headline="Panen raya di utara", tags=("panen",), event=event).article
    public = published(
        office,
        headline="Panen raya di selatan",
        tags=("panen",),
        event=event,
        officials=(term.official,),
        photos=(PhotoFactory(office),),
        documents=(AttachmentFactory(office),),
        picks=(neighbour,),
        body=f"<p>Satu.</p><div class='baca-juga' data-article='{neighbour.pk}'></div>",
    ).article
    draw_what_is_owed()
    return World(office, term.official, event, public, neighbour)


def hide(world: World) -> None:
    """Add an article in every hidden state, near the public ones in every respect, and a correction being written."""
    for state, make in HIDDEN.items():
        word = f"{BIRD}{state.removeprefix('Naskah ')}"
        world.hidden[state] = make(
            world.office,
            headline=f"Panen raya {word} {CALL}",
            deck=f"Ringkasan {word} {CALL}.",
            body=f"<p>Tubuh {word} {CALL}.</p><div class='kutipan' data-quote='1'></div>",
            byline=f"Penulis {word}",
            tags=("panen", f"tag-{word}"),
            event=world.event,
            officials=(world.official,),
            photos=(PhotoFactory(world.office, title=f"Foto {word}"),),
            documents=(AttachmentFactory(world.office, title=f"Lampiran {word}"),),
            quotes=({"number": 1, "kind": "retold", "text": f"Kata {word}.", "attribution": f"Warga {word}"},),
            picks=(world.public,),
        )
    demanded(world.public.live_edition, wrong=f"Keliru {BIRD}", right=f"Benar {CALL}", name=f"Ibu {BIRD}")
    _correct(world.public, world.office)
    starts = timezone.now() + timedelta(days=2)
    world.hidden_event = EventFactory(organiser=world.office, title=f"Agenda {BIRD} {CALL}", starts_at=starts)
    draw_what_is_owed()


def draw_what_is_owed() -> None:
    """What the worker would have done: renditions of photos and cards for links."""
    for work in WORKS:
        work.catch_up()


def _correct(article: Article, office: Office) -> None:
    editor = someone(Role.EDITOR, office)
    newer = start_edition(article, by=editor)
    newer.headline, newer.body = f"Panen {BIRD}ralat {CALL}", f"<p>{BIRD}ralat {CALL}</p>"
    newer.correction, newer.correction_note = "ralat", f"Catatan {BIRD}ralat {CALL}."
    newer.save()
    newer.tags.add(f"tag-{BIRD}ralat")
    save_content(newer, by=editor, version=newer.version)
