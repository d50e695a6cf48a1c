"""What one round of training is mixed from: public sets by `sources.py`, and texts of our own making by this table."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from detectors.training.augment import Noise
from detectors.training.data import Splits
from detectors.training.example import Example
from detectors.training.pools import Examples, MadePool, Pool, ReadPool
from detectors.training.sources import SOURCES

MADE: Final[tuple[tuple[str, Examples, int], ...]] = ()
"""Modules of `made/`, and how many of their texts one round draws."""

NOISES: Final[tuple[tuple[Noise, float], ...]] = ()
"""Kinds of noise, and their weights among each other."""

NOISE_SHARE: Final = 0.12
"""Share of rows without spans that get one kind of noise."""

DEV_PASS: Final = -1
"""The pass of own-made texts that thresholds are chosen on, and no round trains on."""


def mixture(splits: Splits, seed: int) -> list[Pool]:
    """Return the pools of a round: all sources that have rows, and everything that we make."""
    rows = defaultdict[str, list[Example]](list)
    for example in splits.train:
        rows[example.source].append(example)
    read: list[Pool] = [
        ReadPool(source.name, source.per_round, source.lower, rows[source.name], seed)
        for source in SOURCES
        if source.per_round
    ]
    return read + list(made(seed))


def made(seed: int) -> Sequence[MadePool]:
    """Return a pool for each row of `MADE`."""
    return [MadePool(name, per_round, examples, seed) for name, examples, per_round in MADE]
