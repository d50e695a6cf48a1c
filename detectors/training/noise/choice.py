"""One kind of noise, picked at stated odds."""

import random
from collections.abc import Callable
from typing import Final

from detectors.training.noise import (
    casing,
    dropped,
    homoglyphs,
    joined,
    leet,
    punctuation,
    repeated,
    spaced,
    stars,
    swapped,
    typos,
    zero_width,
)

Noise = Callable[[random.Random, str], str]

ODDS: Final[tuple[tuple[Noise, float], ...]] = (
    (leet.apply, 0.16),
    (spaced.apply, 0.15),
    (joined.apply, 0.12),
    (swapped.apply, 0.10),
    (dropped.apply, 0.09),
    (repeated.apply, 0.08),
    (stars.apply, 0.07),
    (homoglyphs.apply, 0.05),
    (zero_width.apply, 0.02),
    (casing.apply, 0.06),
    (punctuation.apply, 0.05),
    (typos.apply, 0.05),
)
"""Kinds of noise and how often each is picked; they add up to 1."""

_TWICE: Final = 0.08


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with one kind of noise, rarely with two. Its labels stay; it's never emptied, but offsets move."""
    kinds, weights = zip(*ODDS, strict=True)
    for kind in rng.choices(kinds, weights, k=2 if rng.random() < _TWICE else 1):
        text = kind(rng, text)
    return text
