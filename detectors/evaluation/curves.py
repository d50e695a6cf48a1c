"""What scores are worth at every threshold: the ROC curve and its area, and how far scores are probabilities."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]
Scores = NDArray[np.float64]

RELIABILITY_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Roc:
    """A ROC curve from (0, 0) to (1, 1): a point for each distinct score, so ties are one step aslant."""

    false_positive_rate: NDArray[np.float64]
    recall: NDArray[np.float64]

    def area(self) -> float:
        """Give the area under the curve: the chance that a positive scores higher, ties counting half."""
        return float(np.trapezoid(self.recall, self.false_positive_rate))

    def recall_at(self, most_false: float) -> float:
        """Give the highest recall that some threshold reaches with at most this false positive rate."""
        return float(self.recall[self.false_positive_rate <= most_false].max())


def roc(truth: Truth, scores: Scores) -> Roc | None:
    """Make the curve, or None where all rows are of one class."""
    positives = int(truth.sum())
    negatives = len(truth) - positives
    if not positives or not negatives:
        return None
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], truth[order]
    last_of_tie = np.append(ranked[1:] != ranked[:-1], True)
    true = np.cumsum(hits)[last_of_tie]
    false = np.cumsum(~hits)[last_of_tie]
    return Roc(np.append(0.0, false / negatives), np.append(0.0, true / positives))


@dataclass(frozen=True, slots=True)
class Reliability:
    """Rows by score, in bins of equal width; empty bins are left out.

    `error` is the expected calibration error: the distance between mean score and share of positives, averaged over
    rows (Naeini et al., 2015).
    """

    mean_score: NDArray[np.float64]
    share_positive: NDArray[np.float64]
    rows: NDArray[np.int64]

    @property
    def error(self) -> float:
        """Give the expected calibration error, 0 to 1."""
        return float(np.average(np.abs(self.mean_score - self.share_positive), weights=self.rows))


def reliability(truth: Truth, scores: Scores, bins: int = RELIABILITY_BINS) -> Reliability:
    """Sort scores from 0 to 1 into bins. There must be at least one."""
    place = np.minimum((scores * bins).astype(np.int64), bins - 1)
    rows = np.bincount(place, minlength=bins)
    held = rows > 0
    mean = np.bincount(place, weights=scores, minlength=bins)[held] / rows[held]
    positive = np.bincount(place, weights=truth.astype(np.float64), minlength=bins)[held] / rows[held]
    return Reliability(mean, positive, rows[held])
