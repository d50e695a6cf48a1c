"""How many tokens a contender reads in a second when as many texts as it likes are at hand."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from detectors.encoder.calibration import sigmoid
from detectors.encoder.model import SPECIAL, Encoder, Logits, Tokens
from tests.bench.detectors.padded import AsTheyCome
from tests.bench.fault import BenchError

TOLERANCE = 0.05
"""In scores. Contenders that differ by more don't run the same model, and their times say nothing."""


def read(encoder: Encoder, windows: Sequence[Tokens]) -> list[Logits]:
    """Run all windows in the batches that the contender makes of them."""
    answers: dict[int, Logits] = {}
    for batch in encoder.batches([len(window) + SPECIAL for window in windows]):
        answers |= zip(batch, encoder.run([windows[place] for place in batch]), strict=True)
    return [answers[place] for place in range(len(windows))]


def tokens_per_s(encoder: Encoder, windows: Sequence[Tokens]) -> float:
    """Read all windows once. Padding is no token."""
    begin = perf_counter()
    read(encoder, windows)
    return sum(len(window) + SPECIAL for window in windows) / (perf_counter() - begin)


def fastest(encoder: AsTheyCome, windows: Sequence[Tokens], sizes: Sequence[int]) -> int:
    """Try batches of each of these sizes, and give the size with which most tokens are read in a second."""
    rates: dict[int, float] = {}
    for encoder.together in sizes:
        rates[encoder.together] = tokens_per_s(encoder, windows)
    return max(rates, key=rates.__getitem__)


def furthest(one: Sequence[Logits], other: Sequence[Logits]) -> float:
    """Give the greatest difference of scores.

    Raises:
        BenchError: It is above `TOLERANCE`.
    """
    apart = max(float(np.abs(sigmoid(a.labels) - sigmoid(b.labels)).max()) for a, b in zip(one, other, strict=True))
    if not apart <= TOLERANCE:
        raise BenchError(f"Two contenders differ by {apart:.3f} in a score.")
    return apart
