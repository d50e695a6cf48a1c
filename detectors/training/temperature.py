"""Make scores honest: a temperature and a bias a label, so that of the texts scored 0.8 about 80 % have it.

Platt scaling (1999) with a weak pull towards "as it is", so that a label with few examples is hardly touched.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FEWEST: Final = 20
"""Positives and negatives that it takes: with fewer of either a label's scores stay as they are."""

PULL: Final = 1.0
_STEPS: Final = 60
_FLATTEST, _STEEPEST = 0.1, 5.0


@dataclass(frozen=True, slots=True)
class Scale:
    """`sigmoid(logit / temperature + bias)` is the score."""

    temperature: float = 1.0
    bias: float = 0.0

    def scores(self, logits: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return calibrated scores."""
        return _sigmoid(logits.astype(np.float64) / self.temperature + self.bias)


def fitted(logits: NDArray[np.float32], truth: NDArray[np.bool_]) -> Scale:
    """Return the scale with the least cross-entropy on these, by Newton's method."""
    if min(truth.sum(), (~truth).sum()) < FEWEST:
        return Scale()
    inputs = np.stack([logits.astype(np.float64), np.ones(len(logits))], axis=1)
    slope = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        chance = _sigmoid(inputs @ slope)
        gradient = inputs.T @ (chance - truth) + PULL * (slope - [1.0, 0.0])
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + PULL * np.eye(2)
        slope = slope - np.clip(np.linalg.solve(curvature, gradient), -0.5, 0.5)
        slope[0] = np.clip(slope[0], _FLATTEST, _STEEPEST)
    return Scale(temperature=float(1 / slope[0]), bias=float(slope[1]))


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values, -60, 60)))
    return result
