import pytest
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer, RecognizerResult

from detectors.text.hits import Hit, without_contained


@pytest.mark.parametrize(
    ("hits", "kept"),
    [
        ([(0, 5, 0.5), (0, 5, 0.5)], [(0, 5, 0.5)]),
        ([(0, 9, 0.5), (2, 4, 0.5)], [(0, 9, 0.5)]),
        ([(0, 9, 0.5), (2, 4, 0.9)], [(0, 9, 0.5), (2, 4, 0.9)]),
        ([(0, 5, 0.5), (3, 9, 0.5)], [(0, 5, 0.5), (3, 9, 0.5)]),
    ],
    ids=["doubles", "inside, no better", "inside, better", "only overlapping"],
)
def test_a_hit_inside_another_stays_only_if_it_is_surer(hits, kept):
    assert without_contained(Hit(*hit) for hit in hits) == kept


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from([0.1, 0.5, 1.0])), max_size=12))
def test_the_rule_is_that_of_presidio(spans):
    hits = [Hit(start, start + length, score) for start, length, score in spans]
    theirs = EntityRecognizer.remove_duplicates([RecognizerResult("X", *hit) for hit in hits])
    assert sorted(without_contained(hits)) == sorted((r.start, r.end, r.score) for r in theirs)
