"""From the tags of tokens to spans of entities, and spans of several windows to those of a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from detectors.encoder.calibration import Floats, softmax
from detectors.encoder.format import ENTITIES
from detectors.encoder.model import Integers, Tokens


class Span(NamedTuple):
    """A stretch of code points, end exclusive, the entity that it is, and its score between 0 and 1."""

    start: int
    end: int
    label: str
    score: float


_NONE: Final = -1


def spans_of(text: str, tokens: Tokens, tags: Floats, floors: Floats, entities: Sequence[str] = ENTITIES) -> list[Span]:
    """Decode one window: logits [tokens, tags] to spans in the text that the tokens were made from.

    The tags are nothing, and first and other tokens of each of the `entities`, as in `format.TAGS`.
    A token belongs to the entity to which B and I together give most, if that is its floor (float32 [entities]) or
    more. A word is never cut: it goes as the mean of its tokens says. A span's score is the mean over its words.
    """
    if (tags[:, 1:].max(axis=1) - tags[:, 0]).max() < np.log(floors.min() / 2):
        return []  # the likeliest two tags together are too unlikely against O: most texts end here, without softmax
    chances = softmax(tags)
    entity = chances[:, 1::2] + chances[:, 2::2]
    if not (entity >= floors).any():
        return []
    words = _words(text, tokens)
    counts = np.diff(np.append(words, len(tokens)))[:, None]
    mean = np.add.reduceat(entity, words, axis=0) / counts
    best = mean.argmax(axis=1)
    score = mean[np.arange(len(words)), best]
    kind = np.where(score >= floors[best], best, _NONE)
    begins = chances[words, 1 + 2 * best] > chances[words, 2 + 2 * best]
    lasts = np.append(words[1:], len(tokens)) - 1
    return [
        Span(
            int(tokens.starts[words[first]]),
            int(tokens.ends[lasts[end - 1]]),
            entities[kind[first]],
            float(score[first:end].mean()),
        )
        for first, end in _runs(kind, begins)
    ]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join the spans of windows and sections that overlap: what one saw the end of, another saw whole."""
    kept: list[Span] = []
    latest: dict[str, int] = {}
    for span in sorted(spans):
        place = latest.get(span.label, _NONE)
        if place >= 0 and span.start < kept[place].end:
            known = kept[place]
            kept[place] = Span(known.start, max(known.end, span.end), span.label, max(known.score, span.score))
        else:
            latest[span.label] = len(kept)
            kept.append(span)
    return kept


def _words(text: str, tokens: Tokens) -> Integers:
    """Give the first token of each word: one that does not go on from a letter or a digit with another."""
    glued = tokens.starts[1:] == tokens.ends[:-1]
    for place in np.flatnonzero(glued):
        border = int(tokens.ends[place])
        glued[place] = text[border - 1].isalnum() and text[border].isalnum()
    return np.append(0, 1 + np.flatnonzero(~glued))


def _runs(kind: Integers, begins: Integers) -> Iterator[tuple[int, int]]:
    """Give words (first, last + 1) that are one entity together."""
    word, count = 0, len(kind)
    while word < count:
        first, own = word, kind[word]
        word += 1
        while word < count and own != _NONE and kind[word] == own and not begins[word]:
            word += 1
        if own != _NONE:
            yield first, word
