"""Windows of documents of 150 to 430 words, as the model sees them, with an order buried somewhere or with none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.corpus import Corpus
from detectors.training.made.documents import WINDOW_PIECES, Document, document, pieces
from detectors.training.made.indirect import planted_order, with_remark
from detectors.training.made.promptings import NO_ATTACK, PLANTED, distinct

_BURIED: Final = 0.5
_REAL: Final = 0.4
_LENGTH: Final = 600
"""Pieces of the longest document, about 430 words; of more the window would show no other parts."""


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` windows of full length, half of them with a whole order, the others without any part of one."""
    corpus = Corpus(data)
    return distinct(lambda rng: _window(rng, _long(rng, corpus)), rng, count)


def _long(rng: Random, corpus: Corpus) -> Document:
    """Return documents of one kind one after the other, until the whole is long."""
    real = rng.random() < _REAL
    page = (corpus.document(rng) if real else None) or document(rng)
    length, wanted = pieces(page.text()), _LENGTH * rng.uniform(0.4, 1.0)
    while length < wanted:
        more = (corpus.document(rng, page.kind) if real else None) or document(rng, _made(page.kind))
        page = replace(page, blocks=page.blocks + more.blocks)
        length += pieces(more.text())
    return page


def _made(kind: str) -> str:
    """Return the own-made kind that is like a kind of the corpus."""
    return {"book": "news", "email": "mail"}.get(kind, kind)


def _window(rng: Random, page: Document) -> Example:
    page = with_remark(rng, page)
    place = rng.randrange(len(page.blocks))
    if rng.random() >= _BURIED:
        return Example(_cut(rng, page.around(place, WINDOW_PIECES)), NO_ATTACK, f"made/long_contexts:clean-{page.kind}")
    order = planted_order(rng, page.kind)
    hidden = page.with_block(order, place)
    first = max(0, place - rng.randint(0, 12))
    shifted = replace(hidden, blocks=hidden.blocks[first:])
    window = shifted.around(place - first, WINDOW_PIECES - 10)
    return Example(window.text(), PLANTED, f"made/long_contexts:{page.kind}")


def _cut(rng: Random, window: Document) -> str:
    """Return the window's text, from the middle of a word on in one of three cases, as windows begin."""
    text = window.text()
    return text[rng.randint(1, 30) :] if rng.random() < 0.33 and len(text) > 200 else text
