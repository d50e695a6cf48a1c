from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.encoder.windows import BATCH_TOKENS, SECTION_CHARS, SHARED_CHARS, batches, parts, sections

ROOM, OVERLAP = 254, 32


@given(st.integers(0, 5_000))
def test_every_token_is_in_a_window_and_neighbours_overlap(count: int):
    windows = parts(count, ROOM, OVERLAP)
    assert [place for first, last in windows for place in (first, last) if not 0 <= place <= count] == []
    assert all(0 < last - first <= ROOM for first, last in windows)
    assert set(range(count)) == {place for window in windows for place in range(*window)}
    assert all(one[1] - two[0] >= OVERLAP and one[0] < two[0] for one, two in pairwise(windows))


@given(st.integers(ROOM + 1, 5_000))
def test_there_are_no_more_windows_than_needed_and_all_are_of_one_length(count: int):
    windows = parts(count, ROOM, OVERLAP)
    assert len(windows) == -(-(count - OVERLAP) // (ROOM - OVERLAP))
    assert len({last - first for first, last in windows}) == 1


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["word ", "x" * 700, "\n", "a longer stretch, and so on. " * 30]), max_size=60))
def test_sections_cover_the_text_and_share_its_borders(pieces: list[str]):
    text = "".join(pieces)
    cuts = list(sections(text))
    assert (cuts[0][0], cuts[-1][1]) == (0, len(text)) if text else cuts == []
    assert all(0 < end - start <= SECTION_CHARS + SHARED_CHARS for start, end in cuts)
    assert all(SHARED_CHARS <= one[1] - two[0] <= 2 * SHARED_CHARS and one[0] < two[0] for one, two in pairwise(cuts))


def test_sections_begin_and_end_between_words():
    text = "some words of prose " * 2_000
    cuts = list(sections(text))
    assert len(cuts) > 5
    assert all(text[start - 1].isspace() for start, _ in cuts[1:])
    assert all(text[end - 1].isspace() for _, end in cuts)


@given(st.lists(st.integers(1, 256), max_size=80))
def test_a_batch_holds_windows_of_like_lengths_and_not_too_many(lengths: list[int]):
    runs = batches(lengths)
    assert sorted(place for run in runs for place in run) == list(range(len(lengths)))
    for run in runs:
        sizes = [lengths[place] for place in run]
        assert len(run) * max(sizes) <= BATCH_TOKENS
        assert max(sizes) <= min(sizes) * 1.25 + 4


@pytest.mark.parametrize(
    ("lengths", "runs"), [([], 0), ([250], 1), ([250] * 2, 1), ([250] * 3, 2), ([16] * 32, 1), ([8, 250, 9], 2)]
)
def test_as_few_runs_as_that_allows(lengths: list[int], runs: int):
    assert len(batches(lengths)) == runs
