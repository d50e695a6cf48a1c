"""Ask the quantised model, by the very code that is shipped, what it makes of held-out texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Calibration
from detectors.encoder.files import EncoderFiles
from detectors.encoder.format import ENTITIES, LABELS, OVERLAP, WINDOW
from detectors.encoder.model import Encoder, load_encoder
from detectors.encoder.runs import read_texts
from detectors.evaluation.spans import Span
from detectors.training.example import Example

TOGETHER: Final = 64
"""Texts that are read in one go."""

LEAST_ENTITY: Final = 0.15
"""Scores below are not asked for: no threshold will be there."""

_ALMOST: Final = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Scored:
    """An example with the logits of its labels, float32 [labels], and the spans found, each with its score."""

    example: Example
    logits: NDArray[np.float32]
    spans: Sequence[tuple[Span, float]]


def uncalibrated(model: Path, tokenizer: Path) -> Encoder:
    """Return an encoder that answers plain sigmoids, and every entity that is at all likely."""
    floor = np.full(len(ENTITIES), LEAST_ENTITY / 0.2, dtype=np.float32)
    ones = np.ones(len(LABELS), dtype=np.float32)
    plain = Calibration(ones, ones * 0, ones * _ALMOST, floor)
    files = EncoderFiles("unshipped", WINDOW, OVERLAP, plain, model.read_bytes(), tokenizer.read_text(encoding="utf-8"))
    return load_encoder(files)


def scored(encoder: Encoder, examples: Sequence[Example]) -> list[Scored]:
    """Read all examples, those of like length together."""
    ordered = sorted(examples, key=lambda example: len(example.text))
    found = []
    for first in range(0, len(ordered), TOGETHER):
        part = ordered[first : first + TOGETHER]
        for example, reading in zip(part, read_texts(encoder, [example.text for example in part]), strict=True):
            spans = [((span.start, span.end, span.label), span.score) for span in reading.spans]
            entities = [(span, score) for span, score in spans if span[2] in ENTITIES]
            found.append(Scored(example, logits_of(reading.scores), entities))
    return found


def logits_of(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logits whose sigmoids these are, as far as float32 tells them apart."""
    inner = np.clip(scores.astype(np.float64), 1e-12, 1 - 1e-7)
    logits: NDArray[np.float32] = np.log(inner / (1 - inner)).astype(np.float32)
    return logits
