"""Decides which candidates a page shows, and where: by hand first, then the nearest, no office more than twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext_lazy as _

from news.html import blocks_of, clean_body
from news.models import Edition, RelatedVeto
from news.models.related import MOST_KEPT, MOST_PICKS
from news.related.candidates import Candidate, ranked_candidates
from news.related.sources import own_province

MOST_RELATED = 6
MOST_PER_OFFICE = 2
MOST_ELSEWHERE = 4
INSET_AFTER = (3, 7)
IN_RESERVE = 4  # of one office, and of other provinces


class Place(Enum):
    """What became of a candidate."""

    INLINE = _("disisipkan redaksi dalam teks")
    PICKED = _("dipilih redaksi")
    RELATED = _("tampil di Terkait")
    INSET = _("tampil sebagai sisipan Baca juga")
    ELSEWHERE = _("tampil di Dari daerah lain")
    VETOED = _("ditolak redaksi")
    CROWDED = _("kuota kantornya penuh")
    SURPLUS = _("kalah dekat")

    @property
    def is_automatic(self) -> bool:
        return self in (Place.RELATED, Place.INSET, Place.ELSEWHERE)


@dataclass(frozen=True)
class Setting:
    """What an edition and its editors ask of the articles beside it.

    `inline` and `picks` are keys in their order; `insets` is for how many the text has room and leave.
    """

    province: str | None
    inline: tuple[int, ...] = ()
    picks: tuple[int, ...] = ()
    vetoed: frozenset[int] = frozenset()
    insets: int = 0


@dataclass
class Choice:
    """The candidates that a page shows, in their order; `places` says of every candidate what became of it."""

    inline: list[Candidate]
    picked: list[Candidate]
    automatic: list[Candidate]
    insets: list[Candidate]
    elsewhere: list[Candidate]
    places: dict[int, Place] = field(default_factory=dict)

    @property
    def related(self) -> list[Candidate]:
        return [*self.picked, *self.automatic]


@dataclass(frozen=True)
class Weighed:
    """All that was considered for an edition, the nearest first, and what was made of it."""

    setting: Setting
    ranked: list[Candidate]
    choice: Choice


def weighed(edition: Edition) -> Weighed:
    """Find, weigh and choose anew, in about thirteen queries.

    `edition` is loaded `with_content()` and with its office's region; it need not be public.
    """
    setting = setting_of(edition)
    ranked = ranked_candidates(edition, besides=[*setting.inline, *setting.picks])
    return Weighed(setting, ranked, choose(setting, ranked))


def setting_of(edition: Edition) -> Setting:
    """Two queries."""
    inline, insets = inline_and_room(edition)
    return Setting(
        province=own_province(edition),
        inline=inline,
        picks=tuple(edition.picks.values_list("article", flat=True)),
        vetoed=frozenset(RelatedVeto.objects.filter(article=edition.article_id).values_list("neighbour", flat=True)),
        insets=insets,
    )


def inline_ids(edition: Edition) -> list[int]:
    """The article ids of the "Baca juga" blocks in the body, in order, each once."""
    return [*inline_and_room(edition)[0]]


def inline_and_room(edition: Edition) -> tuple[tuple[int, ...], int]:
    """The same, and how many insets the page may place by itself: none where there is a block."""
    blocks = blocks_of(clean_body(edition.body))
    inline = tuple(dict.fromkeys(block.article for block in blocks if block.article))
    paragraphs = sum(block.is_paragraph for block in blocks)
    return inline, 0 if inline else sum(number <= paragraphs for number in INSET_AFTER)


def choose(setting: Setting, ranked: Sequence[Candidate]) -> Choice:
    """What the page shows of `ranked`, the nearest first.

    "Dari daerah lain" is empty only where no other province has anything: where all that it has stands on the page
    already, it is named there once more.
    """
    pool = {candidate.pk: candidate for candidate in ranked}
    inline = [pool[key] for key in setting.inline if key in pool]
    picked = [pool[key] for key in setting.picks if key in pool and key not in setting.inline][:MOST_PICKS]
    left_out = {*setting.inline, *setting.picks, *setting.vetoed}
    free = [candidate for candidate in ranked if candidate.pk not in left_out]
    room = MOST_RELATED - len(picked)
    nearest = _spread(free, picked, room + setting.insets)
    rest = [candidate for candidate in free if candidate not in nearest]
    shown = [*nearest, *picked, *inline]
    elsewhere = _of_other_provinces(rest, setting)[:MOST_ELSEWHERE] or _of_other_provinces(shown, setting)
    choice = Choice(inline, picked, nearest[:room], nearest[room:], elsewhere[:MOST_ELSEWHERE])
    choice.places = _places(setting, choice, ranked)
    return choice


def _spread(ranked: Iterable[Candidate], picked: Sequence[Candidate], most: int) -> list[Candidate]:
    """The first `most`, passing over whoever's office has two already."""
    offices = Counter(candidate.office for candidate in picked)
    found: list[Candidate] = []
    for candidate in ranked:
        if len(found) < most and offices[candidate.office] < MOST_PER_OFFICE:
            offices[candidate.office] += 1
            found.append(candidate)
    return found


def _of_other_provinces(ranked: Iterable[Candidate], setting: Setting) -> list[Candidate]:
    """Those of other provinces: the best of each first, then the second best. The ministry stands in none."""
    places: Counter[str] = Counter()
    found: list[tuple[int, Candidate]] = []
    for candidate in ranked:
        if candidate.province not in (None, setting.province):
            found.append((places[candidate.province], candidate))
            places[candidate.province] += 1
    return [candidate for _place, candidate in sorted(found, key=lambda pair: pair[0])]


def _places(setting: Setting, choice: Choice, ranked: Sequence[Candidate]) -> dict[int, Place]:
    shown = {
        Place.ELSEWHERE: choice.elsewhere,
        Place.INSET: choice.insets,
        Place.RELATED: choice.automatic,
        Place.PICKED: choice.picked,
        Place.INLINE: choice.inline,
    }
    places = {candidate.pk: place for place, candidates in shown.items() for candidate in candidates}
    nearest = [*choice.automatic, *choice.insets]
    offices = Counter(candidate.office for candidate in [*choice.picked, *nearest])
    is_full = len(choice.related) >= MOST_RELATED and len(choice.insets) >= setting.insets
    last = min((candidate.rank for candidate in nearest), default=None) if is_full else None
    for candidate in ranked:
        if candidate.pk not in places:
            places[candidate.pk] = _left_out(setting, candidate, crowded=offices[candidate.office], last=last)
    return places


def _left_out(setting: Setting, candidate: Candidate, *, crowded: int, last: tuple | None) -> Place:
    if candidate.pk in setting.vetoed:
        return Place.VETOED
    if crowded >= MOST_PER_OFFICE and (last is None or candidate.rank > last):
        return Place.CROWDED
    return Place.SURPLUS


def worth_keeping(found: Weighed) -> list[Candidate]:
    """What is stored of it: all that the page shows by itself, and some to take the place of what goes."""
    kept = [c for c in found.ranked if found.choice.places[c.pk].is_automatic]
    spare = [c for c in found.ranked if found.choice.places[c.pk] in (Place.CROWDED, Place.SURPLUS)]
    kept += _of_other_provinces(spare, found.setting)[:IN_RESERVE]
    offices = Counter(candidate.office for candidate in kept)
    for candidate in spare:
        if len(kept) < MOST_KEPT and candidate not in kept and offices[candidate.office] < IN_RESERVE:
            offices[candidate.office] += 1
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.rank, reverse=True)
