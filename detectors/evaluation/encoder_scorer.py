"""The encoder as a scorer of labels: the same readings that a gateway's findings are made of, before any threshold."""

from collections.abc import Sequence
from concurrent.futures import CancelledError
from math import inf

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.format import LABELS
from detectors.encoder.model import Encoder
from detectors.encoder.reading import Reading
from detectors.encoder.shared import SharedEncoder
from detectors.evaluation.errors import NotScreened


class EncoderScorer:
    """Implements `screening.Scorer`. Shares what it reads with the detector that has the same `SharedEncoder`."""

    labels = LABELS

    def __init__(self, encoder: Encoder, shared: SharedEncoder) -> None:
        self.version = encoder.version
        self._calibration = encoder.calibration
        self._shared = shared

    def threshold(self, label: str) -> float:
        """Give the shipped threshold of a label, or of an entity."""
        return self._calibration.threshold(label)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give calibrated scores as [texts, labels]; a text without any letter scores 0, for a gateway doesn't read it.

        Raises:
            NotScreened: the encoder would not or could not read them.
        """
        told = [place for place, text in enumerate(texts) if any(map(str.isalpha, text))]
        scores = np.zeros((len(texts), len(LABELS)), dtype=np.float32)
        if told:
            try:
                scores[told] = self._shared.submit([texts[place] for place in told], inf, _scores_of).result()
            except CancelledError as exc:
                raise NotScreened("the encoder refused a batch as too much at once") from exc
        return scores


def _scores_of(readings: Sequence[Reading]) -> NDArray[np.float32]:
    return np.stack([reading.scores for reading in readings])
