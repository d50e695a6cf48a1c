"""Longer texts: several sentences about a few people who come back, as letters, reports and notes have them."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, example
from detectors.training.made.entities.template import fill, sentences
from detectors.training.made.entity_sentences import IDEAS

SOURCE: Final = "made/entities/paragraphs"
TURNS: Final = (" ", " ", " ", "\n", "\n\n")


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make texts of three to nine sentences, half of them on one subject, with plain sentences in between."""
    maker = Maker(rng)
    for _ in range(count):
        yield example(_paragraph(maker), SOURCE)


def _paragraph(maker: Maker) -> list[Piece]:
    personas: dict[str, Persona] = {}
    idea = maker.choice(IDEAS) if maker.chance(0.5) else None
    between = maker.choice(TURNS)
    pieces: list[Piece] = []
    for _ in range(maker.rng.randint(3, 9)):
        subject = "plain" if maker.chance(0.3) else idea or maker.choice(IDEAS)
        said = fill(maker.choice(sentences(subject)), maker, personas)
        pieces += [*([Piece(between)] if pieces else []), *said]
    return pieces
