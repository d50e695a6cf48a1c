import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.casing import casing_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word", 0), ("Word", 1), ("A", 1), ("WORD", 2), ("W-D", 2), ("U2", 1), ("McCoy", 3), ("iPhone", 3), ("x9", 0),
        ("99", 0), ("\u00c9cole", 1), ("\u00c9COLE", 2), ("\u0416\u0423\u041a", 2), ("\u65e5\u672c", 0),
    ],
)  # fmt: skip
def test_casing_says_how_a_piece_is_written(text: str, expected: int):
    assert casing_of(text, np.array([0]), np.array([len(text)])).tolist() == [expected]


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.data())
def test_each_piece_is_judged_by_itself(text: str, data: st.DataObject):
    place = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(place + 1, len(text)))
    beside = casing_of(text, np.array([0, place]), np.array([len(text), end]))
    alone = casing_of(text[place:end], np.array([0]), np.array([end - place]))
    assert beside[1] == alone[0]
