"""The answer to a question as a reader gets it: articles with what was found in them marked, and what else to try."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from news.models import Article
from news.queries import Filters, public_cards
from news.search.excerpts import excerpt, marked
from news.search.finding import CANDIDATES, Hit, Search, newest_with_every_word, search_for, terms_of
from news.search.pages import AnswerPage, by_relevance, newest_first
from news.search.questions import Question
from news.search.spelling import better_known, corrections

MOST_CORRECTED = 3
FEW = 3
"""Where fewer articles are found, a better known spelling is suggested."""


@dataclass(frozen=True)
class Result:
    """An article on a card, with its headline and the passage that answers, both with marks."""

    article: Article
    headline: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Answer:
    """What was found, for which words instead of which, and which spelling may have been meant.

    `found` are the ids of the answers, as many as are looked at, for counting how they spread; `unknown` the words that
    no article holds, and for which there is no other.
    """

    results: list[Result]
    page: AnswerPage
    found: list[int]
    corrected: dict[str, str]
    unknown: list[str]
    suggestion: str


def answer(question: Question, filters: Filters, query: Mapping[str, str], *, newest: bool) -> Answer:
    """What is public and answers `question` within `filters`, on the page that `query` asks for.

    A word that no article holds is taken for the nearest one that some do. Raises `Http404` for a cursor that we did
    not write.
    """
    search, corrected = understood(question, filters)
    page = newest_first(search, query) if newest else by_relevance(search, query)
    few = page.is_first and len(page.hits) < FEW and not corrected
    return Answer(
        results=list(_results(search, page.hits)),
        page=page,
        found=_found(search, page) if page.is_first else [],
        corrected=corrected,
        unknown=[word for word in search.question.meant if not search.knows(word)],
        suggestion=_suggestion(search) if few else "",
    )


def _found(search: Search, page: AnswerPage) -> list[int]:
    if not page.hits:
        return []
    return [*page.ranked] or [hit.article_id for hit in newest_with_every_word(search, CANDIDATES)]


def understood(question: Question, filters: Filters) -> tuple[Search, dict[str, str]]:
    """The search for `question` within `filters`, and which words it puts in the place of those nobody has written."""
    search = search_for(question, filters)
    unknown = [word for word in question.meant if not search.knows(word)]
    corrected = corrections(unknown[:MOST_CORRECTED])
    return (search_for(question.with_words(corrected), filters) if corrected else search), corrected


def alternatives(question: Question, filters: Filters) -> Iterator[tuple[str, Question, Filters]]:
    """Weaker questions that find something where `question` found nothing, each with the name of what it gives up."""
    tries = (
        ("filters", bool(filters.as_query()), question, Filters()),
        ("phrases", bool(question.phrases), question.loosened(), filters),
        ("exclusions", bool(question.without or question.never), question.allowing_all(), filters),
    )
    for name, differs, weaker, within in tries:
        if differs and newest_with_every_word(search_for(weaker, within), 1):
            yield name, weaker, within


def _suggestion(search: Search) -> str:
    """The question with better known spellings of its rare words; empty where there are none."""
    better = better_known({word: search.uses_of(word) for word in search.question.meant[:MOST_CORRECTED]})
    return search.question.with_words(better).typed if better else ""


def _results(search: Search, hits: Iterable[Hit]) -> Iterator[Result]:
    weights = {term.stem: term.rarity for term in terms_of(search)}
    public = public_cards().defer(None).filter(pk__in=[hit.article_id for hit in hits])
    articles = search.filters.apply(public).in_bulk()
    for hit in hits:
        article = articles.get(hit.article_id)
        if article and (edition := article.live_edition):
            yield Result(article, marked(edition.headline, weights), excerpt(edition, weights))
