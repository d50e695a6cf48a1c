"""Figures of a label, against scikit-learn on any scores, ties included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from detectors.evaluation.curves import reliability, roc
from detectors.evaluation.scoring import f_score, figures

THRESHOLD = 0.5
SCORES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
ROWS = st.lists(st.tuples(st.booleans(), SCORES), min_size=1, max_size=60)


def arrays(rows):
    return np.array([positive for positive, _ in rows]), np.array([score for _, score in rows])


def by_scikit(truth, scores):
    said = scores >= THRESHOLD
    false, recall, _ = metrics.roc_curve(truth, scores, drop_intermediate=False)
    return {
        "accuracy": metrics.accuracy_score(truth, said),
        "accuracy_positive": metrics.recall_score(truth, said),
        "accuracy_negative": metrics.recall_score(~truth, ~said),
        "precision": metrics.precision_score(truth, said, zero_division=np.nan),
        "recall": metrics.recall_score(truth, said),
        "f1": metrics.f1_score(truth, said),
        "macro_f1": metrics.f1_score(truth, said, average="macro", zero_division=0),
        "fpr": 1 - metrics.recall_score(~truth, ~said),
        "auc": metrics.roc_auc_score(truth, scores),
        "recall_at_fpr_1": recall[false <= 0.01].max(),
    }


@given(ROWS.filter(lambda rows: len({positive for positive, _ in rows}) == 2))
def test_figures_are_those_of_scikit_learn(rows):
    truth, scores = arrays(rows)
    for name, value in by_scikit(truth, scores).items():
        ours = figures(truth, scores, THRESHOLD)[name]
        assert ours is None if np.isnan(value) else ours == pytest.approx(value), name


@given(ROWS, st.booleans())
def test_with_one_class_nothing_is_said_about_the_other(rows, positive):
    _, scores = arrays(rows)
    ours = figures(np.full(len(scores), positive), scores, THRESHOLD)
    nothing = {"precision", "f1", "macro_f1", "auc", "recall_at_fpr_1"}
    nothing |= {"fpr", "accuracy_negative"} if positive else {"recall", "accuracy_positive"}
    assert {name for name, value in ours.items() if value is None} == nothing
    share = float((scores >= THRESHOLD).mean())
    assert ours["recall" if positive else "fpr"] == pytest.approx(share)


def test_a_score_at_the_threshold_is_found():
    assert figures(np.array([True, False]), np.array([0.5, 0.49]), 0.5)["accuracy"] == 1


@pytest.mark.parametrize(
    ("negatives_above", "recall"),
    [(0, 1.0), (1, 1.0), (2, 0.5)],  # of 100 negatives, one may lie above; the second hides what scores below it
)
def test_recall_at_one_per_cent_false_positives(negatives_above, recall):
    truth = np.array([True] * 4 + [False] * 100)
    scores = np.array([0.9, 0.9, 0.5, 0.5] + [0.7] * negatives_above + [0.1] * (100 - negatives_above))
    assert figures(truth, scores, 0.5)["recall_at_fpr_1"] == recall


@given(ROWS.filter(lambda rows: len({positive for positive, _ in rows}) == 2))
def test_the_curve_runs_from_corner_to_corner(rows):
    curve = roc(*arrays(rows))
    assert curve is not None
    for axis in (curve.false_positive_rate, curve.recall):
        assert axis[0] == 0
        assert axis[-1] == 1
        assert (np.diff(axis) >= 0).all()


@given(ROWS)
def test_reliability_holds_every_row_once(rows):
    truth, scores = arrays(rows)
    bins = reliability(truth, scores)
    assert bins.rows.sum() == len(rows)
    assert (bins.rows * bins.share_positive).sum() == pytest.approx(truth.sum())
    assert (bins.rows * bins.mean_score).sum() == pytest.approx(scores.sum())
    assert 0 <= bins.error <= 1


def test_scores_that_are_probabilities_have_no_calibration_error():
    truth = np.array([True] * 3 + [False] + [True] + [False] * 3)
    assert reliability(truth, np.array([0.75] * 4 + [0.25] * 4)).error == 0
    assert reliability(~truth, np.array([0.75] * 4 + [0.25] * 4)).error == pytest.approx(0.5)


def test_f2_weighs_recall_four_times():
    assert f_score(8, 10, 16, beta=2) == pytest.approx(
        metrics.fbeta_score([1] * 16 + [0] * 2, [1] * 8 + [0] * 8 + [1] * 2, beta=2)
    )
    assert f_score(0, 0, 0) is None
