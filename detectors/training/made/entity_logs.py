"""Log files and programs: one or several lines of what machines write and people program."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, example
from detectors.training.made.entities.template import fill, sentences

SOURCE: Final = "made/entities/logs"


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make one to five lines, all of one template or mixed, two thirds of them logs."""
    maker = Maker(rng)
    for _ in range(count):
        idea = maker.choice(("logs", "logs", "code"))
        mixed, template = maker.chance(0.5), maker.choice(sentences(idea))
        pieces: list[Piece] = []
        for _ in range(maker.choice((1, 1, 2, 3, 5))):
            personas: dict[str, Persona] = {}
            line = fill(maker.choice(sentences(idea)) if mixed else template, maker, personas)
            pieces += [*([Piece("\n")] if pieces else []), *line]
        yield example(pieces, f"{SOURCE}/{idea}")
