"""Which parts are run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.serving.batching import choose, room_of
from detectors.serving.orders import Job, Part

JOB = Job("", "", 1, 0.0)


def parts(*lengths: int) -> list[Part]:
    return [Part(JOB, None, length, "", turn) for turn, length in enumerate(lengths)]


@given(
    lengths=st.lists(st.integers(1, 300), max_size=40),
    tokens=st.integers(1, 600),
    is_packed=st.booleans(),
    turns=st.randoms(use_true_random=False),
)
def test_the_first_goes_with_others_that_fit(lengths, tokens, is_packed, turns):
    ready = parts(*lengths)
    turns.shuffle(ready)
    batch = choose(ready, tokens, is_packed=is_packed)
    assert bool(batch) == bool(ready)
    if ready:
        first = min(ready, key=lambda part: part.turn)
        assert first in batch
        assert len({id(part) for part in batch}) == len(batch)
        assert [part.tokens for part in batch] == sorted(part.tokens for part in batch)
        assert len(batch) == 1 or room_of(batch, is_packed=is_packed) <= tokens


@given(lengths=st.lists(st.integers(1, 300), min_size=1, max_size=40), tokens=st.integers(1, 600))
def test_a_padded_run_is_padded_by_a_quarter_at_most_and_left_small_only_for_a_reason(lengths, tokens):
    ready = parts(*lengths)
    batch = choose(ready, tokens, is_packed=False)
    sizes = [part.tokens for part in batch]
    assert max(sizes) <= min(sizes) * 1.25 + 4
    for other in (part for part in ready if part not in batch):
        low, high = min(*sizes, other.tokens), max(*sizes, other.tokens)
        beside = [part for part in ready if part not in batch and low <= part.tokens <= high]
        assert high > low * 1.25 + 4 or (len(sizes) + 1) * high > tokens or len(beside) > 1


@pytest.mark.parametrize(
    ("lengths", "tokens", "is_packed", "expected"),
    [
        ((10, 200, 12, 11), 1_000, False, [10, 11, 12]),
        ((10, 200, 12, 11), 1_000, True, [10, 11, 12, 200]),
        ((10, 10, 10, 10), 30, False, [10, 10, 10]),
        ((900, 1), 512, False, [900]),
        ((900, 1), 512, True, [900]),
        ((100, 450, 3), 512, True, [3, 100]),
        ((), 512, True, []),
    ],
)
def test_examples(lengths, tokens, is_packed, expected):
    assert [part.tokens for part in choose(parts(*lengths), tokens, is_packed=is_packed)] == expected
