"""Intervals: the same for the same rows, about as wide as theory says, and of the area that is reported."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from detectors.evaluation import bootstrap
from detectors.evaluation.bootstrap import accuracy_interval, auc_interval, weights

PICK = np.random.default_rng(3)
TRUTH = PICK.random(400) < 0.4
SCORES = np.round(np.clip(TRUTH * 0.2 + PICK.random(400) * 0.8, 0, 1), 1)  # rounded, so that there are ties


def test_an_interval_follows_from_the_seed():
    assert auc_interval(TRUTH, SCORES) == auc_interval(TRUTH, SCORES)
    assert auc_interval(TRUTH, SCORES) != auc_interval(TRUTH, SCORES, seed=8)
    assert accuracy_interval(TRUTH) == accuracy_interval(TRUTH)


def test_the_interval_of_a_share_is_as_wide_as_theory_says():
    low, high = accuracy_interval(TRUTH)
    share = TRUTH.mean()
    assert low < share < high
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt(share * (1 - share) / 400), rel=0.1)


def test_the_interval_of_an_area_is_that_of_drawn_rows():
    pick, areas = np.random.default_rng(1), []
    for _ in range(300):
        rows = pick.integers(0, 400, 400)
        areas.append(roc_auc_score(TRUTH[rows], SCORES[rows]))
    assert auc_interval(TRUTH, SCORES) == pytest.approx(np.quantile(areas, [0.025, 0.975]), abs=0.01)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.3])), min_size=2, max_size=20))
def test_every_draw_has_the_area_of_its_rows(rows):
    truth, scores = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if truth.all() or not truth.any():
        assert auc_interval(truth, scores) is None
        return
    (held,) = weights(len(rows), draws=1, seed=5)
    area = auc_interval(truth, scores, draws=1, seed=5)
    drawn = np.repeat(np.arange(len(rows)), held[0].astype(int))
    if len(set(truth[drawn])) < 2:
        assert area is None
    else:
        assert area == pytest.approx((roc_auc_score(truth[drawn], scores[drawn]),) * 2)


def test_blocks_do_not_change_what_is_drawn_of_how_many(monkeypatch):
    monkeypatch.setattr(bootstrap, "_CELLS", 1000)
    blocks = list(weights(400, draws=7))
    assert [len(block) for block in blocks] == [2, 2, 2, 1]
    assert all((block.sum(axis=1) == 400).all() for block in blocks)


def test_no_rows_no_interval():
    assert accuracy_interval(np.array([], dtype=bool)) is None


def test_twelve_thousand_rows_take_no_more_than_a_moment():
    rows = np.random.default_rng(0).random(12_000)
    low, high = auc_interval(rows > 0.5, rows)
    assert low == high == 1
