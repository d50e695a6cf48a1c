"""Noise keeps a text readable: it never empties it, keeps most of its letters, and a seed decides it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.training.noise import (
    casing,
    choice,
    dropped,
    homoglyphs,
    joined,
    leet,
    punctuation,
    repeated,
    spaced,
    stars,
    swapped,
    typos,
    zero_width,
)

TEXT = "Nobody on this street would ever say that the people next door are loud."
KINDS = [
    casing, dropped, homoglyphs, joined, leet, punctuation, repeated, spaced, stars, swapped, typos, zero_width, choice,
]  # fmt: skip

kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.rpartition(".")[2])


@kinds
@given(text=st.text(min_size=1).filter(str.strip), seed=st.integers(0, 2**32))
def test_no_text_is_emptied_and_a_seed_decides(kind: object, text: str, seed: int) -> None:
    noisy = kind.apply(random.Random(seed), text)
    assert noisy.strip()
    assert noisy == kind.apply(random.Random(seed), text)


@kinds
def test_a_text_changes_more_often_than_not(kind: object) -> None:
    rng = random.Random(7)
    changed = sum(kind.apply(rng, TEXT) != TEXT for _ in range(200))
    assert changed > 120


@kinds
def test_three_words_in_four_can_still_be_read_as_a_rule(kind: object) -> None:
    rng = random.Random(8)
    words = TEXT.lower().split()
    kept = sum(word in kind.apply(rng, TEXT).lower() for word in words for _ in range(100))
    assert kept > 0.5 * 100 * len(words)


def test_each_kind_looks_like_what_it_is_called() -> None:
    assert leet.apply(random.Random(1), "hate hate") != "hate hate"
    assert all(c in "hate4@37 " for c in leet.apply(random.Random(1), "hate hate"))
    assert joined.apply(random.Random(1), "one two three four five six").count(" ") < 5
    assert sorted(swapped.apply(random.Random(1), "wonderful")) == sorted("wonderful")
    assert len(dropped.apply(random.Random(1), "wonderful")) < len("wonderful")
    assert len(repeated.apply(random.Random(1), "wonderful")) > len("wonderful")
    assert stars.apply(random.Random(1), "wonderful").startswith("w")
    assert casing.apply(random.Random(1), TEXT).lower() == TEXT.lower()
    assert not homoglyphs.apply(random.Random(1), "wonderful").isascii()


def test_odds_add_up_to_one() -> None:
    assert sum(odds for _, odds in choice.ODDS) == pytest.approx(1)


def test_the_share_of_each_kind_is_as_stated() -> None:
    rng = random.Random(9)
    invisible = sum(any(mark in choice.apply(rng, TEXT) for mark in zero_width.INVISIBLE) for _ in range(4000))
    assert 40 < invisible < 140
