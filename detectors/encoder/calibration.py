"""From the model's logits to probabilities, and the scores from which they count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.format import ENTITIES, LABELS

Floats = NDArray[np.float32]

FLOOR_ODDS: Final = 0.2
"""What is reported has at least this part of the odds p / (1 - p) of its threshold: 0.17 where that is 0.5.

So policy may ask for less than the shipped threshold, down to there, and a clean text mostly has no findings at all.
"""

_FAR: Final = 80.0
"""Beyond this the exponential leaves the range of float32."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become probabilities, sigmoid(logit / temperature + bias), and from where on a label counts.

    `temperature`, `bias` and `thresholds` are float32 [labels] in the order of `encoder_format.LABELS`,
    `entity_thresholds` are float32 [entities] in that of `ENTITIES`: of the mean probability of a span's tokens.
    """

    temperature: Floats
    bias: Floats
    thresholds: Floats
    entity_thresholds: Floats

    @property
    def floors(self) -> Floats:
        """The least scores of labels that are reported."""
        return floor_of(self.thresholds)

    @property
    def entity_floors(self) -> Floats:
        """The least scores of entities that are reported."""
        return floor_of(self.entity_thresholds)

    def scores(self, logits: Floats) -> Floats:
        """Give calibrated probabilities of logits [..., labels]."""
        return sigmoid(logits / self.temperature + self.bias)

    def threshold(self, label: str) -> float:
        """Give the shipped threshold of a label or an entity. Raises `ValueError` for any other name."""
        if label in ENTITIES:
            return float(self.entity_thresholds[ENTITIES.index(label)])
        if label in LABELS:
            return float(self.thresholds[LABELS.index(label)])
        raise ValueError(f"the encoder has no label {label}")


def calibration_of(values: Mapping[str, Any]) -> Calibration:
    """Read the document `thresholds.json`.

    Raises:
        ValueError: a label or an entity is missing, or a number is none or out of its range.
    """
    try:
        labels = [values["labels"][name] for name in LABELS]
        temperature, bias, thresholds = (_column(labels, key) for key in ("temperature", "bias", "threshold"))
        entities = _column([values["entities"][name] for name in ENTITIES], "threshold")
    except (KeyError, TypeError) as exc:
        raise ValueError(f"a label or an entity lacks {exc}") from exc
    if not (np.isfinite(temperature).all() and np.isfinite(bias).all() and (temperature > 0).all()):
        raise ValueError("a temperature is not positive, or a number is not finite")
    if not all(((column > 0) & (column < 1)).all() for column in (thresholds, entities)):
        raise ValueError("a threshold is not between 0 and 1")
    return Calibration(temperature, bias, thresholds, entities)


def floor_of(thresholds: Floats) -> Floats:
    """Give the scores with `FLOOR_ODDS` of the thresholds' odds."""
    odds = FLOOR_ODDS * thresholds / (1 - thresholds)
    return (odds / (1 + odds)).astype(np.float32)


def sigmoid(values: Floats) -> Floats:
    """Give the logistic function; it keeps the order of small values, down to 1e-35."""
    result: Floats = np.asarray(1 / (1 + np.exp(-np.clip(values, -_FAR, _FAR))), dtype=np.float32)
    return result


def softmax(logits: Floats) -> Floats:
    """Give probabilities over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def _column(rows: list[Mapping[str, Any]], key: str) -> Floats:
    return np.array([float(row[key]) for row in rows], dtype=np.float32)
