"""All texts of our own for the entity head in one stream: every kind by its share, some of them with noise."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from detectors.training.example import Example
from detectors.training.made import (
    entity_chats,
    entity_forms,
    entity_logs,
    entity_mail,
    entity_negatives,
    entity_paragraphs,
    entity_sentences,
    entity_structures,
)
from detectors.training.made.entity_noise import joined, noisy

Maker = Callable[[random.Random, int], Iterator[Example]]

SHARES: Final[Mapping[Maker, float]] = {
    entity_sentences.examples: 0.5,
    entity_paragraphs.examples: 0.08,
    entity_forms.examples: 0.08,
    entity_structures.examples: 0.08,
    entity_mail.examples: 0.07,
    entity_chats.examples: 0.07,
    entity_logs.examples: 0.04,
    entity_negatives.examples: 0.08,
}
NOISY: Final = 0.3
"""Texts that get noise."""

JOINED: Final = 0.08
"""Texts that are two in one."""


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make texts of all kinds in random order, complete for every entity."""
    makers = tuple(SHARES)
    streams = [maker(random.Random(rng.getrandbits(64)), 2 * count) for maker in makers]  # noqa: S311 - training data
    for _ in range(count):
        texts = [next(stream) for stream in rng.choices(streams, tuple(SHARES.values()), k=1 + (rng.random() < JOINED))]
        yield noisy(rng, joined(rng, texts) if len(texts) > 1 else texts[0], NOISY)
