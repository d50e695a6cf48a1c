from math import inf

import pytest

from detectors.text.context import Context
from detectors.text.deadline import Deadline
from detectors.text.hits import Hit

WORDS = ("account", "passport number", "pan")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("my account is 12345678", 0.4),
        ("my accounts are 12345678", 0.4),
        ("the ACCOUNT: 12345678", 0.4),
        ("passport number (new) 12345678", 0.4),
        ("passport 12345678", 0.05),
        ("the company is 12345678", 0.05),
        ("account one two three four five 12345678", 0.05),
        ("12345678 account", 0.05),
        ("12345678", 0.05),
    ],
    ids=["word", "plural", "case", "phrase", "half a phrase", "part of a word", "too far", "after", "nothing around"],
)
def test_a_context_word_before_a_hit_raises_it(text, score):
    start = text.index("12345678")
    assert Context(WORDS).lift(text, [Hit(start, start + 8, 0.05)], Deadline(inf)) == [Hit(start, start + 8, score)]


@pytest.mark.parametrize(("before", "after"), [(0.3, 0.65), (0.9, 1.0), (1.0, 1.0)])
def test_a_rise_is_a_third_and_ends_at_certainty(before, after):
    assert Context(WORDS).lift("pan ABC", [Hit(4, 7, before)], Deadline(inf))[0].score == pytest.approx(after)


def test_a_long_text_without_words_before_the_hit_is_no_trouble():
    text = "-" * 100_000 + "12345678"
    hit = Hit(100_000, 100_008, 0.05)
    assert Context(WORDS).lift(text, [hit], Deadline(inf)) == [hit]


def test_a_deadline_that_has_passed_raises():
    with pytest.raises(TimeoutError):
        Context(WORDS).lift("pan ABC", [Hit(4, 7, 0.5)], Deadline(-inf))
