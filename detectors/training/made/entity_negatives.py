"""Texts without personal data that look like it, and names that are ordinary words beside these words."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker
from detectors.training.made.entities.pieces import Piece, example
from detectors.training.made.entities.template import fill, sentences

SOURCE: Final = "made/entities/negatives"
IDEAS: Final = ("negatives", "negatives", "plain", "ambiguous", "ambiguous")


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make texts of one to four such sentences; two in five of the single ones hold a name."""
    maker = Maker(rng)
    for _ in range(count):
        pieces: list[Piece] = []
        between = maker.choice((" ", "\n", " "))
        for _ in range(maker.choice((1, 1, 2, 3, 4))):
            said = fill(maker.choice(sentences(maker.choice(IDEAS))), maker)
            pieces += [*([Piece(between)] if pieces else []), *said]
        yield example(pieces, SOURCE)
