"""Intervals by the bootstrap: between which values a figure would lie with other rows of the same kind.

Rows are drawn with replacement, as many as there are; the interval holds the middle 95 % of the figures (percentile
method, Efron 1979). The draws follow from a seed, so the same rows and scores give the same interval.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detectors.evaluation.curves import Scores, Truth

DRAWS: Final = 1_000
SEED: Final = 7
COVERED: Final = 0.95
_CELLS = 1_000_000  # rows times draws held in memory at once

Interval = tuple[float, float]
Weights = NDArray[np.float64]
"""One line a draw: how often it holds each row."""


def accuracy_interval(correct: Truth, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """Give the interval of the share of correct rows, or None without rows."""
    if not len(correct):
        return None
    marks = correct.astype(np.float64)
    return interval(np.concatenate([held @ marks for held in weights(len(marks), draws, seed)]) / len(marks))


def auc_interval(truth: Truth, scores: Scores, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """Give the interval of the area under the ROC curve, or None where all rows are of one class.

    Draws that happen to hold one class only have no area and are left out.
    """
    if not truth.any() or truth.all():
        return None
    order = np.argsort(scores, kind="stable")
    ranked, hits = scores[order], truth[order].astype(np.float64)
    ties = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    areas = np.concatenate([_areas(held[:, order], hits, ties) for held in weights(len(truth), draws, seed)])
    return interval(areas[~np.isnan(areas)])


def weights(rows: int, draws: int = DRAWS, seed: int = SEED) -> Iterator[Weights]:
    """Draw, and give how often each draw holds each row, in blocks that fit in memory."""
    pick = np.random.default_rng(seed)
    block = max(1, _CELLS // rows)
    for start in range(0, draws, block):
        count = min(block, draws - start)
        drawn = pick.integers(0, rows, size=(count, rows)) + np.arange(count)[:, None] * rows
        yield np.bincount(drawn.ravel(), minlength=count * rows).reshape(count, rows).astype(np.float64)


def interval(values: NDArray[np.float64]) -> Interval | None:
    """Give the middle of some values, or None if there are none."""
    if not len(values):
        return None
    low, high = np.quantile(values, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return float(low), float(high)


def _areas(held: Weights, hits: NDArray[np.float64], ties: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give the area for each draw. Rows stand by rising score; `ties` says where each distinct score begins."""
    positives = np.add.reduceat(held * hits, ties, axis=1)
    negatives = np.add.reduceat(held * (1 - hits), ties, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives
    pairs = positives.sum(axis=1) * negatives.sum(axis=1)
    won = (positives * (below + negatives / 2)).sum(axis=1)
    areas: NDArray[np.float64] = np.divide(won, pairs, out=np.full(len(held), np.nan), where=pairs > 0)
    return areas
