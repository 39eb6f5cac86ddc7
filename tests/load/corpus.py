"""Generated Indonesian articles with planted topics: the same texts for the same seed, thousands of them distinct.

An article tells one of the subjects of `vocabulary.txt` and belongs to a story: a programme, a person, a village and a
few words of the subject that its articles share, planted so that one can ask which articles are about the same thing.
Words are as unevenly used as in life (Zipf), verbs come in their affixed forms, and names are made of syllables.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

STORY = 8  # articles
NAMES, VILLAGES, PROGRAMMES = 4_000, 6_000, 3_000
FIRST_DAY, DAYS = date(2019, 12, 11), 2_500
BUILDING = ("umum", "roots", "syllables", "endings", "places")
TITLES = ("Bupati", "Wali Kota", "Wakil Bupati", "Sekretaris Daerah", "Camat", "Kepala Dinas", "Ketua Panitia", "Lurah")
BEFORE, AFTER = ("", "", "Dr. ", "H. ", "Hj. ", "Drs. ", "Ir. "), ("", "", ", S.E.", ", M.Si.", ", S.Sos.", ", S.H.")
DAYS_OF_WEEK = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]

HEADLINES = (
    "{Title} {Person} {me} {a} di {Village}",
    "{A} dan {b} di {Village} {di}",
    "{Programme}: {n} {a} {di} di {Village}",
    "Warga {Village} {me} {a} lewat {Programme}",
    "{A} {b} {di}, {title} {me} {c}",
)
DECKS = (
    "{Title} {Person} {me} {a} bagi warga {Village}.",
    "Sebanyak {n} {a} {di} melalui program {Programme}.",
    "{A} dan {b} menjadi bagian dari {Programme}.",
)
SENTENCES = (
    "{Title} {Person} {me} {a} dan {b} dalam kegiatan {Programme} di {Village}.",
    "Kegiatan yang berlangsung {day} itu diikuti oleh {n} peserta dari {g} dan {h}.",
    "Menurut {Person2}, {a} perlu {di} agar {b} dapat {di2} secara bertahap.",
    "“Kami {me} {a} karena {b} masih kurang,” kata {Person2}.",
    "Sampai {day}, sebanyak {n} {a} telah {di} oleh {g}.",
    "{G} {me} {b} bersama {h} sejak awal tahun.",
    "Selain {a}, pemerintah juga {me2} {c} untuk {g} setempat.",
    "Ia berharap {pe} {a} tidak berhenti pada {b} saja.",
    "Di {Village}, {c} dan {a} {di} dengan biaya Rp{n} juta.",
    "{Pe} {b} dilakukan bersama {h} dan {g} di {Village2}.",
    "Tahun ini {a} naik {n} persen, sedangkan {c} turun.",
    "Program {Programme} {me} {a}, {b}, dan {c}.",
    "{Person2} mengatakan bahwa {pe} {c} {di} setiap {g}.",
    "Hasil {pe} itu akan {di} pada rapat {h} berikutnya.",
    "Para {g} {me} {h}, lalu {me2} {c}.",
)


@dataclass(frozen=True)
class GeneratedText:
    """One article's text: `subject` is what it is about at large, `story` the number of the story it belongs to."""

    number: int
    subject: str
    story: int
    headline: str
    deck: str
    body: str
    village: str
    day: date


@dataclass(frozen=True)
class Story:
    """What the articles of one story share."""

    subject: str
    person: str
    title: str
    village: str
    programme: str
    words: tuple[str, ...]


def texts(count: int, seed: int = 1) -> Iterator[GeneratedText]:
    """The first `count` articles; a longer corpus of one seed begins with a shorter one."""
    return islice(_endless(seed), count)


def stories_of(corpus: Sequence[GeneratedText]) -> dict[int, list[int]]:
    """The numbers of the articles of each story, for asking which articles are about the same thing."""
    found: dict[int, list[int]] = {}
    for text in corpus:
        found.setdefault(text.story, []).append(text.number)
    return found


def _endless(seed: int) -> Iterator[GeneratedText]:
    chance = random.Random(seed)
    open_stories: list[list] = []  # of a story: its number, itself, how many of its articles are still to come
    begun = 0
    number = 0
    while True:
        while len(open_stories) < 40:
            open_stories.append([begun, _story(chance), STORY])
            begun += 1
        place = chance.randrange(len(open_stories))
        story_number, story, left = open_stories[place]
        yield _text(chance, number, story_number, story)
        number += 1
        open_stories[place][2] = left - 1
        if left == 1:
            del open_stories[place]


def _story(chance: random.Random) -> Story:
    subjects = vocabulary()
    subject = chance.choice([name for name in subjects if name not in BUILDING])
    return Story(
        subject=subject,
        person=chance.choice(BEFORE) + _zipf(chance, people()) + chance.choice(AFTER),
        title=chance.choice(TITLES),
        village=_zipf(chance, villages()),
        programme=_zipf(chance, programmes()),
        words=tuple(chance.sample(subjects[subject], 6)),
    )


def _text(chance: random.Random, number: int, story_number: int, story: Story) -> GeneratedText:
    paragraphs = []
    for _paragraph in range(chance.randint(4, 8)):
        sentences = (_filled(chance, chance.choice(SENTENCES), story) for _ in range(chance.randint(2, 3)))
        paragraphs.append(f"<p>{' '.join(sentences)}</p>")
    return GeneratedText(
        number=number,
        subject=story.subject,
        story=story_number,
        headline=_filled(chance, chance.choice(HEADLINES), story)[:160],
        deck=_filled(chance, chance.choice(DECKS), story)[:300],
        body="".join(paragraphs),
        village=story.village,
        day=FIRST_DAY + timedelta(days=number * DAYS // 100_000 if number < 100_000 else DAYS),
    )


def _filled(chance: random.Random, pattern: str, story: Story) -> str:
    general, roots = vocabulary()["umum"], vocabulary()["roots"]
    own = vocabulary()[story.subject]

    def told() -> str:
        return chance.choice(story.words) if chance.random() < 0.4 else _zipf(chance, own)

    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    values = {
        "Title": story.title,
        "title": story.title.lower(),
        "Person": story.person,
        "Person2": story.person if chance.random() < 0.3 else _zipf(chance, people()),
        "Village": story.village if chance.random() < 0.7 else _zipf(chance, villages()),
        "Village2": _zipf(chance, villages()),
        "Programme": story.programme,
        "n": str(chance.randint(2, 990)),
        "day": f"{DAYS_OF_WEEK[day.weekday()]} ({day.day}/{day.month}/{day.year})",
        "a": told(),
        "b": told(),
        "c": _zipf(chance, own),
        "g": _zipf(chance, general),
        "h": _zipf(chance, general),
        "me": active(_zipf(chance, roots)),
        "me2": active(_zipf(chance, roots)),
        "di": "di" + _zipf(chance, roots) + "kan",
        "di2": "di" + _zipf(chance, roots),
        "pe": nominal(_zipf(chance, roots)),
    }
    values |= {name.capitalize(): values[name].capitalize() for name in ("a", "g", "pe")}
    return pattern.format(**values)


def active(root: str) -> str:
    """The verb with meN- and, for some roots, -kan: tulis, menulis; kelola, mengelola."""
    return "me" + _nasal(root) + ("kan" if len(root) % 2 else "")


def nominal(root: str) -> str:
    """The noun with peN-…-an: tanam, penanaman."""
    return "pe" + _nasal(root) + "an"


def _nasal(root: str) -> str:
    first = root[0]
    if first in "ktsp" and root[1] in "aiueo":
        return {"k": "ng", "t": "n", "s": "ny", "p": "m"}[first] + root[1:]
    prefix = "ng" if first in "aiueoghk" else "m" if first in "bfpv" else "n" if first in "cdjtzs" else ""
    return prefix + root


def _zipf(chance: random.Random, words: Sequence[str]) -> str:
    """A word of the list; the first ones come far more often than the last."""
    return words[int(len(words) ** chance.random()) - 1]


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    lines = (Path(__file__).parent / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    told = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name: tuple(dict.fromkeys(words.split())) for name, _colon, words in told}


@cache
def people() -> tuple[str, ...]:
    chance = random.Random(7)
    return tuple(f"{_name(chance)} {_name(chance)}" for _ in range(NAMES))


@cache
def villages() -> tuple[str, ...]:
    chance = random.Random(11)
    return tuple(
        f"{chance.choice(vocabulary()['places'])} {_name(chance)}" if chance.random() < 0.4 else _name(chance)
        for _ in range(VILLAGES)
    )


@cache
def programmes() -> tuple[str, ...]:
    chance = random.Random(13)
    return tuple("".join(chance.choice(vocabulary()["syllables"]) for _ in range(3)).upper() for _ in range(PROGRAMMES))


def _name(chance: random.Random) -> str:
    syllables = "".join(chance.choice(vocabulary()["syllables"]) for _ in range(chance.randint(1, 3)))
    return (syllables + chance.choice(vocabulary()["endings"])).capitalize()
