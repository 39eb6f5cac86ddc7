"""How good search is: `python -m tests.load.search_quality` asks committed questions and for articles by their words.

Committed questions (`questions.txt`) have known answers among the demo's stories; known-item questions are four content
words of one article, drawn at random, and their answer is that article. The second kind is compared with a plain BM25
over the same texts in memory. Printed are the shares of answers among the first ten; exits 1 below the marks.
"""

import math
import os
import random
import re
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings must be there first
from django.http import QueryDict  # noqa: E402 - the same

from news.html import plain_text  # noqa: E402 - the same
from news.queries import Filters  # noqa: E402 - the same
from news.search.answers import answer  # noqa: E402 - the same
from news.search.questions import Question  # noqa: E402 - the same
from news.stems import stem  # noqa: E402 - the same
from news.text import stop_words, words_of  # noqa: E402 - the same
from tests.load.corpus import GeneratedText, texts  # noqa: E402 - the same
from tests.load.databases import filled, use  # noqa: E402 - the same
from tests.load.seeding import publish_all  # noqa: E402 - the same

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "portal" / "demo" / "data"
PLACE = re.compile(r"\{\{[^}]*\}\}")
FIRST = 10
GENERATED, ASKED = int(os.environ.get("SIZE", "5000")), 300
COMMITTED_MARK, BELOW_REFERENCE = 0.95, 0.02


@dataclass(frozen=True)
class Asked:
    """A question and the ids of the articles that answer it."""

    text: str
    answers: frozenset[int]

    def recall(self, found: Sequence[int]) -> float:
        return len(self.answers & set(found[:FIRST])) / len(self.answers)


class Reference:
    """BM25 with the usual constants over the stems of texts, every word asked for being optional."""

    def __init__(self, documents: dict[int, list[str]], saturation: float = 1.2, length_counts: float = 0.75) -> None:
        self.saturation, self.length_counts = saturation, length_counts
        self.counts = {key: Counter(words) for key, words in documents.items()}
        self.lengths = {key: len(words) for key, words in documents.items()}
        self.average = sum(self.lengths.values()) / len(documents)
        self.holders: dict[str, list[int]] = defaultdict(list)
        for key, counts in self.counts.items():
            for word in counts:
                self.holders[word].append(key)

    def first(self, words: Iterable[str]) -> list[int]:
        scores: Counter[int] = Counter()
        for word in {*words}:
            holders = self.holders.get(word, [])
            rarity = math.log(1 + (len(self.counts) - len(holders) + 0.5) / (len(holders) + 0.5))
            for key in holders:
                scores[key] += rarity * self._share(key, word)
        return sorted(scores, key=lambda key: (-scores[key], -key))[:FIRST]

    def _share(self, key: int, word: str) -> float:
        count, length = self.counts[key][word], self.lengths[key] / self.average
        norm = self.saturation * (1 - self.length_counts + self.length_counts * length)
        return count * (self.saturation + 1) / (count + norm)


def demo_texts(first_number: int) -> Iterator[tuple[str, GeneratedText]]:
    """The demo's stories by their keys, as texts that can be seeded beside generated ones."""
    stories = (story for path in sorted(DEMO.glob("stories_*.toml")) for story in _told_in(path))
    for number, story in enumerate(stories, first_number):
        quotes = " ".join(f"<p>{quote['text']}</p>" for quote in story.get("quote", []))
        yield (
            story["key"],
            GeneratedText(
                number=number,
                subject=story["rubric"],
                story=-number,
                headline=story["headline"],
                deck=story.get("deck", ""),
                body=PLACE.sub("", story["body"]) + quotes,
                village=story.get("dateline_place", ""),
                day=date(2026, 6, 1),
            ),
        )


def _told_in(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["story"]


def committed(ids: dict[str, int]) -> list[Asked]:
    """The questions of `questions.txt`; `ids` are the articles' by the keys of their stories."""
    lines = (HERE / "questions.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return [Asked(text, frozenset(ids[key] for key in keys.split())) for text, _bar, keys in pairs]


def known_items(corpus: Sequence[GeneratedText], ids: dict[int, int], number: int, seed: int = 5) -> list[Asked]:
    """Four words of an article's body that say something, for so many articles."""
    chance = random.Random(seed)
    asked = []
    while len(asked) < number:
        text = chance.choice(corpus)
        telling = sorted(word for word in set(words_of(plain_text(text.body))) if _tells_something(word))
        if len(telling) >= 4:
            asked.append(Asked(" ".join(chance.sample(telling, 4)), frozenset({ids[text.number]})))
    return asked


def _tells_something(word: str) -> bool:
    return len(word) > 2 and word not in stop_words() and not word.isdigit()


def found(text: str) -> list[int]:
    """What search answers, in its order."""
    said = answer(Question.from_text(text), Filters(), QueryDict(), newest=False)
    return [hit.article_id for hit in said.page.hits]


def reference_of(corpus: Sequence[GeneratedText], ids: dict[int, int]) -> Reference:
    return Reference({ids[text.number]: _stems(f"{text.headline} {text.deck} {text.body}") for text in corpus})


def _stems(markup: str) -> list[str]:
    return [stem(word) for word in words_of(plain_text(markup))]


def recall(asked: Sequence[Asked]) -> float:
    return sum(one.recall(found(one.text)) for one in asked) / len(asked)


def reference_recall(asked: Sequence[Asked], reference: Reference) -> float:
    return sum(one.recall(reference.first(map(stem, words_of(one.text)))) for one in asked) / len(asked)


def world(generated: int) -> tuple[list[GeneratedText], dict[int, int], dict[str, int]]:
    """Publish generated texts and the demo's stories: all texts, and the articles' ids by number and by key."""
    told = dict(demo_texts(generated))
    corpus = [*texts(generated), *told.values()]
    ids = publish_all(corpus, offices=8)
    return corpus, ids, {key: ids[text.number] for key, text in told.items()}


def main() -> int:
    worlds: dict[int, tuple] = {}
    with filled([GENERATED], lambda size: worlds.update({size: world(size)})) as names:
        use(names[GENERATED])
        corpus, ids, by_key = worlds[GENERATED]
        asked, items = committed(by_key), known_items(corpus, ids, ASKED)
        for one in asked:
            if one.recall(found(one.text)) < 1:
                print(f"  not among the first {FIRST}: {one.text}")
        began = time.process_time()
        own, known = recall(asked), recall(items)
        each = (time.process_time() - began) / (len(asked) + len(items)) * 1000
        plain = reference_recall(items, reference_of(corpus, ids))
    print(f"{connection.vendor}, {len(corpus):,} articles, {each:.1f} ms of the processor in Python for a question")
    print(f"{len(asked)} committed questions: recall@{FIRST} {own:.3f}, at least {COMMITTED_MARK}")
    print(f"{len(items)} known items: recall@{FIRST} {known:.3f}, plain BM25 {plain:.3f}")
    return int(own < COMMITTED_MARK or known < plain - BELOW_REFERENCE)


if __name__ == "__main__":
    sys.exit(main())
