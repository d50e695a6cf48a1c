"""What one round of training is mixed from: public sets by `sources.py`, and texts of our own by these tables."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.data import Splits
from detectors.training.example import Example
from detectors.training.made import (
    assignments,
    attacks,
    bare_questions,
    chat,
    code_and_docs,
    entity_mix,
    foreign,
    hard_negatives,
    indirect,
    jailbreaks,
    long_contexts,
    role_play,
)
from detectors.training.made.harms import HARMS, WITH_DATA
from detectors.training.pools import Examples, MadePool, Pool, ReadPool
from detectors.training.sources import SOURCES

MADE: Final[tuple[tuple[str, Examples, int], ...]] = (
    *HARMS,
    ("attacks", attacks.examples, 5000),
    ("jailbreaks", jailbreaks.examples, 1500),
    ("foreign", foreign.examples, 1200),
    ("bare_questions", bare_questions.examples, 500),
    ("role_play", role_play.examples, 3500),
    ("hard_negatives", hard_negatives.examples, 7000),
    ("chat", chat.examples, 4000),
    ("assignments", assignments.examples, 4000),
    ("code_and_docs", code_and_docs.examples, 1200),
    ("entities", entity_mix.examples, 14000),
)
"""Modules of `made/`, and how many of their texts one round draws."""

PLANTED: Final[tuple[tuple[str, Callable[[Random, int, Path], Iterator[Example]], int], ...]] = (
    ("indirect", indirect.examples, 3000),
    ("long_contexts", long_contexts.examples, 1200),
    *WITH_DATA,
)
"""The same, of those that take documents or words from the folder of data."""

NOISE_SHARE: Final = 0.1
"""Share of rows without spans that get one kind of noise."""


def mixture(splits: Splits, data: Path, seed: int) -> list[Pool]:
    """Return the pools of a round: all sources that are drawn from, and everything that we make."""
    rows = defaultdict[str, list[Example]](list)
    for example in splits.train:
        rows[example.source].append(example)
    read: list[Pool] = [
        ReadPool(source.name, source.per_round, source.lower, rows[source.name], seed)
        for source in SOURCES
        if source.per_round
    ]
    return read + list(made(data, seed))


def made(data: Path, seed: int) -> list[MadePool]:
    """Return a pool for each row of `MADE` and `PLANTED`."""
    planted: list[tuple[str, Examples, int]] = [
        (name, partial(_planted, examples, data), per_round) for name, examples, per_round in PLANTED
    ]
    return [MadePool(f"made/{name}", per_round, examples, seed) for name, examples, per_round in (*MADE, *planted)]


def _planted(
    examples: Callable[[Random, int, Path], Iterator[Example]], data: Path, rng: Random, count: int
) -> Iterator[Example]:
    return examples(rng, count, data)
