"""The reading of one text, step by step: which windows the model must see, and what its answers add up to.

    while not reading.is_done:
        for piece, logits in answers(encoder, reading.more()):
            reading.take(piece, logits)
    reading.result()

It neither runs the model nor waits, so pieces of many readings can go through the model together. A window in which a
label was found is read again sentence by sentence, and the surest sentence is named if it reaches the threshold alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from detectors.encoder.calibration import Floats
from detectors.encoder.entities import Span, merged, spans_of
from detectors.encoder.format import LABELS
from detectors.encoder.languages import worse
from detectors.encoder.model import Encoder, Logits
from detectors.encoder.pieces import Piece, pieces_of, sentences_of
from detectors.encoder.span_rules import settled
from detectors.encoder.windows import sections
from detectors.text.hits import Hit, without_contained

CLOSER: Final = 16
"""Windows of a text that are read again by sentences: the first ones in which anything was found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of one text.

    `spans` are labels and entities that reach their floors, in the order of the text. `scores` are those of the labels,
    float32 [labels], the best of all windows. `unread` is why not all of it was read (`languages.py`).
    """

    spans: tuple[Span, ...]
    scores: Floats = field(repr=False)
    unread: str | None = None


class TextReading:
    """The reading of one text. Not thread-safe."""

    def __init__(self, encoder: Encoder, text: str) -> None:
        self._encoder = encoder
        self._text = text
        self._sections = sections(text)
        self._open = 0
        self._unread: str | None = None
        self._scores = np.zeros(len(LABELS), dtype=np.float32)
        self._entities: list[Span] = []
        self._judged: list[tuple[Piece, Floats]] = []
        self._closer: dict[Piece, list[tuple[Piece, Floats]]] = {}
        self._is_over = False

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        return self._is_over and not self._open

    def more(self) -> list[Piece]:
        """Give pieces to run, of about a thousand tokens; none while answers are missing, or when it is done."""
        pieces = self._next_section()
        if not pieces and not self._open and not self._is_over:
            pieces = self._by_sentence()
            self._is_over = True
        self._open += len(pieces)
        return pieces

    def take(self, piece: Piece, logits: Logits) -> None:
        """Take the model's answer for one of the pieces."""
        self._open -= 1
        scores = self._encoder.calibration.scores(logits.labels)
        if piece.of is not None:
            self._closer[piece.of].append((piece, scores))
            return
        np.maximum(self._scores, scores, out=self._scores)
        if (scores >= self._encoder.floors).any():
            self._judged.append((piece, scores))
        if piece.is_first_view:
            found = spans_of(piece.view.text, piece.tokens, logits.tags, self._encoder.entity_floors)
            for start, end, label, score in found:
                self._entities.append(Span(*piece.origin(start, end), label, score))

    def result(self) -> Reading:
        """Give what was found. Ask when it is done."""
        spans = sorted([*settled(self._text, merged(self._entities)), *self._labels()])
        return Reading(tuple(spans), self._scores, self._unread)

    def _next_section(self) -> list[Piece]:
        for start, end in self._sections:
            pieces, unread = pieces_of(self._encoder, self._text[start:end], start)
            self._unread = worse(self._unread, unread)
            if pieces:
                return pieces
        return []

    def _by_sentence(self) -> list[Piece]:
        thresholds = self._encoder.calibration.thresholds
        judged = [piece for piece, scores in self._judged if (scores >= thresholds).any()]
        found = sorted(judged, key=Piece.span)[:CLOSER]  # answers come in any order, and must not depend on it
        pieces: list[Piece] = []
        for piece in found:
            if parts := sentences_of(piece):
                self._closer[piece] = []
                pieces += parts
        return pieces

    def _labels(self) -> Iterator[Span]:
        for place, label in enumerate(LABELS) if self._judged else ():
            hits = [
                Hit(*self._stretch(piece, place), float(scores[place]))
                for piece, scores in self._judged
                if scores[place] >= self._encoder.floors[place]
            ]
            yield from (Span(hit.start, hit.end, label, hit.score) for hit in without_contained(hits))

    def _stretch(self, piece: Piece, label: int) -> tuple[int, int]:
        """Name the sentence that is surest to be meant, if one alone would be enough; else the whole window."""
        read = self._closer.get(piece)
        if read:
            best, scores = max(read, key=lambda one: (float(one[1][label]), -one[0].span()[0]))
            if scores[label] >= self._encoder.calibration.thresholds[label]:
                return best.span()
        return piece.span()
