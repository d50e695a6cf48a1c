"""E-mails: headers, greetings, a body, closings, signatures, quotations of what was answered."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, example
from detectors.training.made.entities.template import fill, sentences

SOURCE: Final = "made/entities/mail"
BODIES: Final = ("messages", "messages", "work", "support", "plain", "personal")


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make mails from person "a" to person "b", some of them without one part or another."""
    maker = Maker(rng)
    for _ in range(count):
        yield example(_mail(maker), SOURCE)


def _mail(maker: Maker) -> list[Piece]:
    personas: dict[str, Persona] = {}
    pieces: list[Piece] = []
    for part, share in (("header", 0.6), ("greeting", 0.85), ("body", 1), ("closing", 0.8), ("quotation", 0.2)):
        if maker.chance(share):
            made = _body(maker, personas) if part == "body" else _part(maker, part, personas)
            pieces += [*([Piece("\n")] if pieces else []), *made]
    return pieces


def _part(maker: Maker, part: str, personas: dict[str, Persona]) -> list[Piece]:
    return fill(maker.choice(sentences(f"mail_{part}")), maker, personas)


def _body(maker: Maker, personas: dict[str, Persona]) -> list[Piece]:
    between = maker.choice((" ", " ", "\n", "\n\n"))
    pieces: list[Piece] = []
    for _ in range(maker.rng.randint(1, 4)):
        sentence = fill(maker.choice(sentences(maker.choice(BODIES))), maker, personas)
        pieces += [*([Piece(between)] if pieces else []), *sentence]
    return pieces
