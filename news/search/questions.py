"""What somebody asks for: words, "phrases" and -exclusions, read from what they typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from news.search.engines import All, Wanted
from news.stems import stem
from news.text import stop_words, titles, words_of

LONGEST = 300  # characters that are read
MOST_WORDS = 12
MOST_PHRASES, MOST_EXCLUDED = 3, 6
PART = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"|“([^”]*)”|(\S+))')


@dataclass(frozen=True)
class Question:
    """What is looked for: `words` in any order, `phrases` word by word, and neither `without` nor `never`.

    `asked` are the words that ranking weighs: those typed outside of phrases, and in them. `is_cut` says that more was
    typed than is read.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    never: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False
    typed: str = field(default="", compare=False)

    @classmethod
    def from_text(cls, text: str) -> "Question":
        """Read anything at all; what is no word is passed over."""
        typed = text.replace("\x00", " ")
        kept = typed[:LONGEST]
        found: dict[str, list] = {"words": [], "phrases": [], "without": [], "never": []}
        for minus, straight, curly, plain in PART.findall(kept):
            _place(found, words_of(straight or curly or plain), bool(minus), not plain)
        words = list(dict.fromkeys(found["words"]))
        return cls(
            words=tuple(words[:MOST_WORDS]),
            phrases=tuple(found["phrases"][:MOST_PHRASES]),
            without=tuple(found["without"][:MOST_EXCLUDED]),
            never=tuple(found["never"][:MOST_PHRASES]),
            is_cut=len(typed) > LONGEST or len(words) > MOST_WORDS,
            typed=kept.strip(),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for: an exclusion alone finds nothing."""
        return not (self.words or self.phrases)

    @cached_property
    def meant(self) -> tuple[str, ...]:
        """The words that must be found: without stop words and titles where others are left."""
        telling = tuple(word for word in self.words if word not in stop_words() | titles())
        return telling or (() if self.phrases else self.words)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """All words that count for the ranking."""
        said = [word for phrase in self.phrases for word in phrase if word not in stop_words()]
        return tuple(dict.fromkeys((*self.meant, *said)))

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """The stems that every article must have, because they stand in a phrase."""
        return tuple(dict.fromkeys(stem(word) for phrase in self.phrases for word in phrase))

    def with_words(self, others: Mapping[str, str]) -> "Question":
        """The same question with other spellings of some of its words."""
        typed = self.typed
        for word, other in others.items():
            typed = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, typed, flags=re.IGNORECASE)
        words = tuple(dict.fromkeys(others.get(word, word) for word in self.words))
        return replace(self, words=words, typed=typed)

    def loosened(self) -> "Question":
        """The same words, where those of phrases may stand in any order."""
        words = (*self.words, *(word for phrase in self.phrases for word in phrase))
        excluded = (*self.without, *(f'"{" ".join(phrase)}"' for phrase in self.never))
        return Question.from_text(" ".join((*words, *(f"-{text}" for text in excluded))))

    def allowing_all(self) -> "Question":
        """The same without exclusions."""
        phrases = (f'"{" ".join(phrase)}"' for phrase in self.phrases)
        return Question.from_text(" ".join((*self.words, *phrases)))

    def with_all(self, stems: tuple[Wanted, ...], facets: tuple[str, ...] = ()) -> All:
        """What has all of `stems` and `facets`, every word of the phrases, and nothing that is excluded."""
        return All((*stems, *self.fixed, *facets), frozenset(stem(word) for word in self.without))


def _place(found: dict[str, list], words: list[str], is_excluded: bool, is_phrase: bool) -> None:
    """Put the words of one part where they belong; several words that are excluded together are a phrase."""
    if not words:
        return
    if is_excluded:
        found["never" if len(words) > 1 else "without"] += [tuple(words)] if len(words) > 1 else words
    elif is_phrase and len(words) > 1:
        found["phrases"].append(tuple(words))
    else:
        found["words"] += words
