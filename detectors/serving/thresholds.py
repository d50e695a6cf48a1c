"""From log-odds to calibrated scores, and the scores from which labels count: as configured, or by a file.

The file has the format of the encoder's `thresholds.json`, by the names that the configuration gives to labels:

    {"format": 1, "labels": {name: {temperature, bias, threshold}}, "entities": {name: {threshold}}}
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from detectors.encoder.calibration import Floats, floor_of, sigmoid
from detectors.encoder.format import FORMAT
from detectors.serving.errors import ModelUnusable
from detectors.serving.model_settings import HuggingFace

DEFAULT: Final = 0.5
"""The threshold of a label for which none is configured."""


@dataclass(frozen=True, slots=True)
class LabelCalibration:
    """How the log-odds of labels become probabilities, sigmoid(log-odds / temperature + bias), all float32 [labels].

    For a sigmoid's logit this is the formula of the encoder, for a softmax over two classes it is temperature scaling.
    """

    labels: tuple[str, ...]
    temperature: Floats
    bias: Floats
    thresholds: Floats

    @property
    def floors(self) -> Floats:
        """The least scores that are reported."""
        return floor_of(self.thresholds)

    def scores(self, log_odds: Floats) -> Floats:
        """Give calibrated probabilities of log-odds [..., labels]; what is no number stays none."""
        return sigmoid(log_odds / self.temperature + self.bias)

    def by_name(self) -> dict[str, float]:
        """Give the thresholds by label."""
        return dict(zip(self.labels, self.thresholds.tolist(), strict=True))


def label_calibration(labels: Sequence[str], settings: HuggingFace) -> LabelCalibration:
    """Make the calibration of labels that judge.

    Raises:
        ModelUnusable: a label is named that the model does not have, or a file has a hole or a wrong number.
    """
    if isinstance(settings.thresholds, Path):
        return _from_file(settings.thresholds, labels)
    return LabelCalibration(
        tuple(labels),
        _column(settings.temperature, labels, 1.0, "temperature"),
        np.zeros(len(labels), dtype=np.float32),
        _column(settings.thresholds, labels, DEFAULT, "thresholds"),
    )


def entity_thresholds(entities: Sequence[str], settings: HuggingFace) -> Floats:
    """Give the thresholds of entities, float32 [entities].

    Raises:
        ModelUnusable: as above.
    """
    if isinstance(settings.thresholds, Path):
        rows = _rows(settings.thresholds, "entities", entities)
        return _shares(settings.thresholds, [row.get("threshold") for row in rows])
    return _column(settings.thresholds, entities, DEFAULT, "thresholds")


def _column(values: float | Mapping[str, float], names: Sequence[str], default: float, member: str) -> Floats:
    if not isinstance(values, Mapping):
        return np.full(len(names), values, dtype=np.float32)
    if unknown := sorted(values.keys() - set(names)):
        raise ModelUnusable(f"{member} name {', '.join(unknown)}, but the labels are {', '.join(names)}")
    return np.array([values.get(name, default) for name in names], dtype=np.float32)


def _from_file(file: Path, labels: Sequence[str]) -> LabelCalibration:
    rows = _rows(file, "labels", labels)
    temperature, bias = (_numbers(file, [row.get(key) for row in rows]) for key in ("temperature", "bias"))
    if not (temperature > 0).all():
        raise ModelUnusable(f"{file}: a temperature is not positive")
    return LabelCalibration(tuple(labels), temperature, bias, _shares(file, [row.get("threshold") for row in rows]))


def _rows(file: Path, member: str, names: Sequence[str]) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(file.read_bytes())
    except OSError as exc:
        raise ModelUnusable(f"{file} can't be read ({exc.strerror})") from exc
    except ValueError as exc:
        raise ModelUnusable(f"{file} is not JSON") from exc
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ModelUnusable(f"{file} is not of format {FORMAT}")
    rows = document.get(member)
    if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
        raise ModelUnusable(f"{file} lacks `{member}`, an object of objects")
    if wrong := sorted(rows.keys() ^ set(names)):
        raise ModelUnusable(f"{file}: `{member}` and the model's labels differ in {', '.join(wrong)}")
    return [rows[name] for name in names]


def _numbers(file: Path, values: Sequence[Any]) -> Floats:
    if not all(isinstance(value, int | float) for value in values):
        raise ModelUnusable(f"{file}: a temperature, bias or threshold is missing or no number")
    numbers = np.array(values, dtype=np.float32)
    if not np.isfinite(numbers).all():
        raise ModelUnusable(f"{file}: a number is not finite")
    return numbers


def _shares(file: Path, values: Sequence[Any]) -> Floats:
    shares = _numbers(file, values)
    if not ((shares > 0) & (shares < 1)).all():
        raise ModelUnusable(f"{file}: a threshold is not between 0 and 1")
    return shares
