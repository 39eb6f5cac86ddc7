"""The generated articles that search and related articles are measured on."""

from tests.load.corpus import STORY, stories_of, texts


def test_the_same_seed_gives_the_same_texts_and_another_one_others():
    first = list(texts(50))
    assert list(texts(80))[:50] == first
    assert list(texts(50, seed=2)) != first


def test_no_two_texts_are_alike():
    corpus = list(texts(1_000))
    assert len({text.body for text in corpus}) == 1_000


def test_a_story_is_told_eight_times_on_one_subject():
    corpus = list(texts(1_000))
    told = [numbers for numbers in stories_of(corpus).values() if len(numbers) == STORY]
    assert len(told) > 80
    assert all(len({corpus[number].subject for number in numbers}) == 1 for numbers in told)
