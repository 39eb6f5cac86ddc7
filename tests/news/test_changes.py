"""The words that changed between two texts: exact, escaped, said in words, and found in bounded time."""

import random
from time import process_time

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from news.changes import Budget, Change, Mark, kept, word_changes

SAME, DELETED, INSERTED = Mark.SAME, Mark.DELETED, Mark.INSERTED

few_words = st.lists(st.sampled_from(["pin", "dan", "bupati", ",", "\n", " ", "<b>", "&"]), max_size=40).map(" ".join)
any_text = st.text(max_size=200) | few_words


def without_spaces(text):
    return "".join(text.split())


def side(changes, left_out):
    return "".join(change.text for change in changes if change.mark is not left_out)


def test_each_changed_word_is_marked_and_the_rest_stays():
    changes = word_changes("Bupati membuka rapat kerja, Senin.", "Bupati Bantaeng membuka rapat koordinasi, Senin.")

    assert changes == [
        Change(SAME, "Bupati"),
        Change(INSERTED, " Bantaeng"),
        Change(SAME, " membuka rapat"),
        Change(DELETED, " kerja"),
        Change(INSERTED, " koordinasi"),
        Change(SAME, ", Senin."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("sama", "sama", [Change(SAME, "sama")]),
        ("dua kata", "dua  kata", [Change(SAME, "dua  kata")]),
        ("", "baru", [Change(INSERTED, "baru")]),
        ("lama", "", [Change(DELETED, "lama")]),
        ("lama", "baru", [Change(DELETED, "lama"), Change(INSERTED, "baru")]),
    ],
)
def test_the_plain_cases(old, new, expected):
    assert word_changes(old, new) == expected


@settings(deadline=None)
@given(any_text, any_text)
def test_without_what_came_it_is_the_old_text_and_without_what_went_the_new_one(old, new):
    changes = word_changes(old, new)

    assert side(changes, DELETED) == new
    assert without_spaces(side(changes, INSERTED)) == without_spaces(old)
    assert all(one.mark is not other.mark for one, other in zip(changes, changes[1:], strict=False))
    assert all(change.text for change in changes)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=60), st.lists(st.integers(0, 9), max_size=60))
def test_what_stayed_stands_in_both_and_in_its_order(old, new):
    pairs = kept(old, new)

    assert all(old[i] == new[j] for i, j in pairs)
    for one, other in zip(pairs, pairs[1:], strict=False):
        assert one[0] < other[0]
        assert one[1] < other[1]


def repeated(vocabulary, seed):
    chance = random.Random(seed)
    return " ".join(chance.choice(vocabulary) for _word in range(20_000))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (repeated("ab", 1), repeated("ab", 2)),
        (repeated([f"kata{n}" for n in range(3_000)], 1), repeated([f"kata{n}" for n in range(3_000)], 2)),
        ("a " * 20_000, "b a " * 10_000),
        (" ".join(map(str, range(20_000))), " ".join(map(str, reversed(range(20_000))))),
        ("! " * 100_000, "? " * 100_000),
        (" " * 200_000, "x"),
    ],
)
def test_no_pair_of_texts_takes_long(old, new):
    began = process_time()
    changes = word_changes(old, new)

    assert process_time() - began < 5
    assert side(changes, DELETED) == new


def test_ordinary_corrections_of_a_very_long_text_are_found_word_by_word():
    old = repeated([f"kata{n}" for n in range(3_000)], 1).split()
    new = [*old[:5_000], "sisipan", *old[5_000:12_000], *old[12_003:]]

    changes = word_changes(" ".join(old), " ".join(new))

    assert [change for change in changes if change.mark is not SAME] == [
        Change(INSERTED, " sisipan"),
        Change(DELETED, f" {old[12_000]} {old[12_001]} {old[12_002]}"),
    ]


def test_what_the_budget_does_not_allow_is_marked_as_a_whole_and_that_is_known():
    budget = Budget(steps=30)
    old, new = "a b a b a b a b", "b b a a b b a a"

    changes = word_changes(f"awal {old} x", f"awal {new} y", budget)

    assert budget.exhausted
    assert changes == [Change(SAME, "awal"), Change(DELETED, f" {old} x"), Change(INSERTED, f" {new} y")]


def shown(old, new):
    return Template("{% load changes %}{% word_changes old new %}").render(Context({"old": old, "new": new}))


def test_the_marks_are_elements_and_words_and_the_text_is_escaped():
    page = shown("Kata <lama>", "Kata & <baru>")

    assert page.strip() == (
        '<span class="word-changes">Kata'
        '<ins><span class="visually-hidden">[ditambah: </span> &amp;<span class="visually-hidden">]</span></ins> &lt;'
        '<del><span class="visually-hidden">[dihapus: </span>lama<span class="visually-hidden">]</span></del>'
        '<ins><span class="visually-hidden">[ditambah: </span>baru<span class="visually-hidden">]</span></ins>'
        "&gt;</span>"
    )


def test_text_that_stayed_carries_no_mark():
    assert shown("Sama saja", "Sama saja").strip() == '<span class="word-changes">Sama saja</span>'
