"""All texts of our own for the entity head in one stream: every kind by its share, some of them with noise."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from detectors.training.example import Example
from detectors.training.made import entity_forms, entity_paragraphs, entity_sentences, entity_structures
from detectors.training.made.entity_noise import joined, noisy

Maker = Callable[[random.Random, int], Iterator[Example]]

SHARES: Final[Mapping[Maker, float]] = {
    entity_sentences.examples: 0.6,
    entity_paragraphs.examples: 0.1,
    entity_forms.examples: 0.15,
    entity_structures.examples: 0.15,
}
NOISY: Final = 0.3
"""Texts that get noise."""

JOINED: Final = 0.08
"""Texts that are joined to the one before."""


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make texts of all kinds in random order, complete for every entity."""
    makers = tuple(SHARES)
    streams = [maker(random.Random(rng.getrandbits(64)), count) for maker in makers]  # noqa: S311 - training data
    before: Example | None = None
    for _ in range(count):
        made = next(rng.choices(streams, tuple(SHARES.values()))[0])
        if before is not None and rng.random() < JOINED:
            made = joined(rng, (before, made))
        before = made if len(made.text) < 200 else None
        yield noisy(rng, made, NOISY)
