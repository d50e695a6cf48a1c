"""Which found span stands for which annotated one, by hand and against the best of all pairings."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.evaluation.spans import agree, matches

TEN = (10, 20, "PERSON")


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ((10, 20, "PERSON"), True),
        ((10, 20, "LOCATION"), False),
        ((10, 15, "PERSON"), True),  # half of the longer one
        ((10, 14, "PERSON"), False),
        ((15, 25, "PERSON"), True),
        ((16, 26, "PERSON"), False),
        ((5, 25, "PERSON"), True),  # twice as long, and all of it
        ((5, 26, "PERSON"), False),
        ((20, 30, "PERSON"), False),  # they only touch
        ((0, 5, "PERSON"), False),
    ],
)
def test_a_span_counts_by_kind_and_by_half_of_the_longer_one(found, counts):
    assert agree(TEN, found) is counts
    assert agree(found, TEN) is counts
    assert matches([TEN], [found]) == ([(0, 0)] if counts else [])


def test_a_span_is_used_once():
    halves = [(10, 15, "PERSON"), (15, 20, "PERSON")]
    assert len(matches([TEN], halves)) == 1
    assert len(matches(halves, [TEN])) == 1
    assert len(matches([TEN, TEN], [TEN])) == 1


def test_partners_move_so_that_more_find_one():
    # The first annotated span could take either; only the second found one is left to it.
    wanted = [(0, 10, "ID"), (0, 6, "ID")]
    found = [(0, 6, "ID"), (0, 12, "ID")]
    assert matches(wanted, found) == [(0, 1), (1, 0)]


SPANS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 5), st.sampled_from("AB")).map(lambda s: (s[0], s[0] + s[1], s[2])),
    max_size=4,
)


@given(SPANS, SPANS)
def test_no_other_pairing_is_larger(wanted, found):
    pairs = matches(wanted, found)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert all(agree(wanted[left], found[right]) for left, right in pairs)
    slots = [*range(len(found)), *[None] * len(wanted)]
    best = max(
        sum(place is not None and agree(span, found[place]) for span, place in zip(wanted, order, strict=False))
        for order in set(permutations(slots, len(wanted)))
    )
    assert len(pairs) == best
