"""Search answers what readers ask, as well as plain BM25 over the same texts or better."""

import pytest

from tests.load.search_quality import (
    BELOW_REFERENCE,
    COMMITTED_MARK,
    committed,
    known_items,
    recall,
    reference_of,
    reference_recall,
    world,
)

pytestmark = pytest.mark.django_db


def test_committed_questions_and_articles_asked_for_by_their_words_are_found_among_the_first_ten():
    corpus, ids, by_key = world(500)
    asked, items = committed(by_key), known_items(corpus, ids, 100)
    assert len(asked) >= 60
    assert recall(asked) >= COMMITTED_MARK
    assert recall(items) >= reference_recall(items, reference_of(corpus, ids)) - BELOW_REFERENCE
