"""The two databases' own indexes of words: FTS5 and GIN, fed with the same tokens and asked the same questions.

A token is a stem, "^" and a stem of the headline, or "@" and what lists are narrowed by; what tokens an article has is
said in `news.search.contents`. Both indexes know only which article has which token: what is found is weighed in
Python, so that both databases answer alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from news.models import SearchRow

STORE = {
    "sqlite": "INSERT OR REPLACE INTO news_searchindex (rowid, tokens) VALUES (%s, %s)",
    "postgresql": "INSERT INTO news_searchindex (article_id, tokens)"
    " VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
    " ON CONFLICT (article_id) DO UPDATE SET tokens = EXCLUDED.tokens",
}
DROP = {
    "sqlite": "DELETE FROM news_searchindex WHERE rowid = %s",
    "postgresql": "DELETE FROM news_searchindex WHERE article_id = %s",
}
READ = {
    "sqlite": "SELECT rowid, tokens FROM news_searchindex WHERE rowid BETWEEN %s AND %s",
    "postgresql": "SELECT article_id, array_to_string(tsvector_to_array(tokens), ' ') FROM news_searchindex"
    " WHERE article_id BETWEEN %s AND %s",
}
MATCH = {
    "sqlite": "SELECT rowid FROM news_searchindex WHERE news_searchindex MATCH %s",
    "postgresql": "SELECT article_id FROM news_searchindex WHERE tokens @@ %s::tsquery",
}
SIGNS = {"sqlite": (" AND ", " OR ", " NOT "), "postgresql": (" & ", " | ", " & !")}


@dataclass(frozen=True)
class All:
    """What has every one of `parts`, and none of the tokens `without`."""

    parts: tuple["Wanted", ...]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Any:
    """What has at least one of `parts`."""

    parts: tuple["Wanted", ...]


Wanted = str | All | Any
"""Which articles: those with a token, or as said above; a part is never empty."""


def store(rows: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Put the tokens of articles, given by their ids, in the place of those they had."""
    with connection.cursor() as cursor:
        cursor.executemany(STORE[connection.vendor], [(pk, " ".join(sorted(tokens))) for pk, tokens in rows])


def drop(ids: Sequence[int]) -> None:
    """Forget the tokens of the articles with these ids."""
    with connection.cursor() as cursor:
        cursor.executemany(DROP[connection.vendor], [(pk,) for pk in ids])


def tokens_between(first: int, last: int) -> dict[int, set[str]]:
    """The tokens under which articles are found now, by their ids from `first` to `last`."""
    with connection.cursor() as cursor:
        cursor.execute(READ[connection.vendor], [first, last])
        return {pk: set(tokens.split()) for pk, tokens in cursor.fetchall()}


def matching(wanted: Wanted) -> QuerySet[SearchRow]:
    """The rows of the articles that are `wanted`, in no order."""
    return SearchRow.objects.filter(article__in=RawSQL(MATCH[connection.vendor], [written(wanted)]))  # noqa: S611 - one of two statements of ours


def written(wanted: Wanted) -> str:
    """The question in the language of the database in use."""
    both, either, never = SIGNS[connection.vendor]
    if isinstance(wanted, str):
        return _quoted(wanted)
    parts = f"({(both if isinstance(wanted, All) else either).join(written(part) for part in wanted.parts)})"
    if isinstance(wanted, Any) or not wanted.without:
        return parts
    return f"({parts}{''.join(never + _quoted(token) for token in sorted(wanted.without))})"


def _quoted(token: str) -> str:
    """A token as a literal; tokens hold neither quotes nor backslashes."""
    return f'"{token}"' if connection.vendor == "sqlite" else f"'{token}'"
