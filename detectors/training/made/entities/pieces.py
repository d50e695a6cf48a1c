"""A text in pieces, each plain or one entity: whatever is done to a piece leaves every span exact."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from detectors.encoder.format import ENTITIES
from detectors.training.example import Example

EVERYTHING: Final = frozenset(ENTITIES)
"""What the spans of our own texts are complete for."""


class Piece(NamedTuple):
    """Part of a text. `entity` is None for words around the entities."""

    text: str
    entity: str | None = None


def example(pieces: Iterable[Piece], source: str) -> Example:
    """Join the pieces to one text whose spans are complete for every entity; blanks at their edges are plain."""
    return _joined(pieces, source, {}, EVERYTHING)


def split(given: Example) -> list[Piece]:
    """Give the pieces of an example whose spans don't overlap."""
    pieces, at = [], 0
    for start, end, entity in sorted(given.spans):
        pieces += [Piece(given.text[at:start]), Piece(given.text[start:end], entity)]
        at = end
    pieces.append(Piece(given.text[at:]))
    return [piece for piece in pieces if piece.text]


def rebuilt(given: Example, pieces: Iterable[Piece]) -> Example:
    """Give the example with other pieces; its labels, source and annotated entities stay."""
    return _joined(pieces, given.source, given.labels, given.annotated)


def each(pieces: Iterable[Piece], change: Callable[[str], str]) -> list[Piece]:
    """Change every piece, entities as well."""
    return [Piece(change(piece.text), piece.entity) for piece in pieces]


def outside(pieces: Iterable[Piece], change: Callable[[str], str]) -> list[Piece]:
    """Change the words around the entities and leave the entities as they are."""
    return [piece if piece.entity else Piece(change(piece.text)) for piece in pieces]


def _joined(pieces: Iterable[Piece], source: str, labels: Mapping[str, float], annotated: frozenset[str]) -> Example:
    text, spans = "", []
    for piece in pieces:
        bare = piece.text.strip()
        if piece.entity and bare:
            start = len(text) + piece.text.index(bare)
            spans.append((start, start + len(bare), piece.entity))
        text += piece.text
    return Example(text, labels, source, tuple(spans), annotated)
