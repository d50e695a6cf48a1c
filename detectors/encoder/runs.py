"""Run the model for pieces of many texts: together where that changes no answer, one by one where it would."""

from collections.abc import Iterator, Sequence

from detectors.encoder.model import Encoder, Logits
from detectors.encoder.pieces import Piece
from detectors.encoder.reading import Reading, TextReading


def answers(encoder: Encoder, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Logits]]:
    """Run pieces, together as the encoder prefers it."""
    for batch in encoder.batches([len(piece) for piece in pieces]):
        chosen = [pieces[place] for place in batch]
        yield from zip(chosen, encoder.run([piece.tokens for piece in chosen]), strict=True)


def read_texts(encoder: Encoder, texts: Sequence[str]) -> list[Reading]:
    """Read texts here and now, all their windows in as few runs as their lengths allow."""
    readings = [TextReading(encoder, text) for text in texts]
    under_way = readings
    while under_way := [reading for reading in under_way if not reading.is_done]:
        owner = {piece: reading for reading in under_way for piece in reading.more()}
        for piece, logits in answers(encoder, list(owner)):
            owner[piece].take(piece, logits)
    return [reading.result() for reading in readings]
