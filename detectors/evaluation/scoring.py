"""Figures of one label: at its threshold, and over all thresholds. None where a figure says nothing."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from detectors.evaluation.curves import Scores, Truth, roc

FEW_FALSE: Final = 0.01
"""The false positive rate at which recall is compared: more makes people switch a guard off."""

Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many rows were called what."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int

    @property
    def positives(self) -> int:
        """How many rows are positive in truth."""
        return self.true_positive + self.false_negative

    @property
    def negatives(self) -> int:
        """How many rows are negative in truth."""
        return self.true_negative + self.false_positive

    @property
    def both(self) -> bool:
        """Whether there are rows of both classes."""
        return bool(self.positives and self.negatives)


def confusion(truth: Truth, called: Truth) -> Confusion:
    """Count rows by what is true and what was said."""
    hits = int(np.sum(truth & called))
    positives, said = int(truth.sum()), int(called.sum())
    return Confusion(hits, said - hits, len(truth) - positives - (said - hits), positives - hits)


def figures(truth: Truth, scores: Scores, threshold: float) -> Figures:
    """Give all figures of a label whose score is "found" from `threshold` on.

    With rows of one class only, precision, F1 and what is made of the ROC curve are None: they would tell about the
    choice of rows. Precision is also None where nothing was found. `recall_at_fpr_1` is the best recall of any
    threshold with at most 1 % false positives among these rows.
    """
    counts = confusion(truth, scores >= threshold)
    curve = roc(truth, scores)
    return {
        "accuracy": ratio(counts.true_positive + counts.true_negative, len(truth)),
        "accuracy_positive": ratio(counts.true_positive, counts.positives),
        "accuracy_negative": ratio(counts.true_negative, counts.negatives),
        **_of_both_classes(counts),
        "recall": ratio(counts.true_positive, counts.positives),
        "fpr": ratio(counts.false_positive, counts.negatives),
        "auc": curve.area() if curve else None,
        "recall_at_fpr_1": curve.recall_at(FEW_FALSE) if curve else None,
    }


def ratio(part: float, whole: float) -> float | None:
    """Divide, or say None where there is nothing to divide by."""
    return part / whole if whole else None


def f_score(true: float, found: float, wanted: float, beta: float = 1.0) -> float | None:
    """Give F-beta from counts: of what was found and what was wanted, how much is true. None if both are 0."""
    return ratio((1 + beta * beta) * true, found + beta * beta * wanted)


def _of_both_classes(counts: Confusion) -> Figures:
    if not counts.both:
        return {"precision": None, "f1": None, "macro_f1": None}
    found = counts.true_positive + counts.false_positive
    passed = counts.true_negative + counts.false_negative
    of_positives = f_score(counts.true_positive, found, counts.positives)
    of_negatives = f_score(counts.true_negative, passed, counts.negatives)
    macro = ((of_positives or 0.0) + (of_negatives or 0.0)) / 2
    return {"precision": ratio(counts.true_positive, found), "f1": of_positives, "macro_f1": macro}
