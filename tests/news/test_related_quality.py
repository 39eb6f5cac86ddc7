"""How good the lists are: of what stands beside a generated article, how much tells the same story."""

import random

import pytest

from news.models import Edition, RelatedRow
from news.related.keeping import begin_anew, make_list
from news.related.page import neighbours_of
from tests.load.corpus import stories_of, texts
from tests.load.seeding import publish_all

pytestmark = pytest.mark.django_db

AT = 5
WANTED = 0.9


def precisions(size: int, sample: int) -> tuple[float, float]:
    """Precision at five of the stored lists and of the pages, over articles of which five others tell the story."""
    corpus = list(texts(size))
    keys = publish_all(corpus)
    begin_anew()
    stories = [{keys[number] for number in numbers} for numbers in stories_of(corpus).values() if len(numbers) > AT]
    asked = random.Random(size).sample([(key, story - {key}) for story in stories for key in sorted(story)], sample)
    listed, shown = 0, 0
    for key, mates in asked:
        make_list(key)
        rows = RelatedRow.objects.filter(article=key).order_by("-score", "-neighbour")
        listed += len(mates & set(rows.values_list("neighbour", flat=True)[:AT]))
        live = Edition.objects.with_content().select_related("article__office__region__parent")
        beside = neighbours_of(live.get(article=key)).related[:AT]
        shown += len(mates & {article.pk for article in beside})
    return listed / (AT * sample), shown / (AT * sample)


def test_nine_of_ten_articles_beside_another_tell_its_story():
    listed, shown = precisions(size=320, sample=24)
    assert listed >= WANTED, listed
    assert shown >= WANTED, shown


@pytest.mark.drill
def test_nine_of_ten_still_do_in_a_large_archive():
    listed, shown = precisions(size=10_000, sample=200)
    assert listed >= WANTED, listed
    assert shown >= WANTED, shown
