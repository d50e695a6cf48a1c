"""The rows that thresholds are chosen on: dev splits of the public sets, and own texts that no round trains on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.data import Splits
from detectors.training.example import Example
from detectors.training.mixture import made

OF_A_SOURCE: Final = 500
"""Rows of one source, so that none outvotes the others."""

DEV_PASS: Final = -1
"""The pass over own texts that is for this; training counts its passes from 0."""


def held_out(splits: Splits, data: Path, seed: int) -> list[Example]:
    """Return at most `OF_A_SOURCE` rows of every source."""
    chance = Random(f"{seed}/held out")  # noqa: S311 - a sample, not a secret
    by_source = defaultdict[str, list[Example]](list)
    for example in splits.dev:
        by_source[example.source].append(example)
    rows = [row for _, of_source in sorted(by_source.items()) for row in sample(chance, of_source)]
    for pool in made(data, seed):
        rows += [replace(example, source=pool.name) for example in pool.made(DEV_PASS, OF_A_SOURCE)]
    return rows


def sample(chance: Random, rows: Sequence[Example]) -> list[Example]:
    """Return so many rows by chance, or all if there are fewer."""
    return chance.sample(list(rows), min(OF_A_SOURCE, len(rows)))
