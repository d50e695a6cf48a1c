"""Orders planted in text that a model works on, and the same kinds of text without any, with and without a request."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made import foreign
from detectors.training.made.attacks import tidy
from detectors.training.made.corpus import Corpus
from detectors.training.made.disguises import backwards, base64_of, leet, spaced
from detectors.training.made.documents import WINDOW_PIECES, Document, document, pieces, request, role
from detectors.training.made.grammar import Grammar
from detectors.training.made.hard_negatives import remark
from detectors.training.made.promptings import NO_ATTACK, PLANTED, distinct

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted")
_OUGHT_TO_BE_TIDY: Final = 0.9
_CLEAN: Final = 0.45


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` texts of at most one window, a few more than half of them with a planted order.

    With `data`, a third of the documents are passages of public-domain books and the contexts of its training sets.
    """
    corpus = Corpus(data)

    def make(rng: Random) -> Example:
        found = corpus.document(rng) if rng.random() < 0.35 else None
        return _example(rng, found or document(rng))

    return distinct(make, rng, count)


def planted_order(rng: Random, kind: str) -> str:
    """Return an order that is out of place in a document of that kind; code has orders about code more often."""
    if rng.random() < 0.04:
        return foreign.order(rng)
    table = "add_on" if kind == "code" and rng.random() < 0.5 else "planted"
    said = _GRAMMAR.one(rng, table)
    if rng.random() < 0.03:
        return rng.choice(_DISGUISES)(rng, said)
    return tidy(said) if rng.random() < _OUGHT_TO_BE_TIDY else said


def with_remark(rng: Random, page: Document) -> Document:
    """Return the document, in one case of four with a harmless sentence in it that sounds like an attack."""
    if rng.random() < 0.25:
        return page.with_block(remark(rng), rng.randint(0, len(page.blocks)))
    return page


def _example(rng: Random, page: Document) -> Example:
    head, foot = _frame(rng)
    room = WINDOW_PIECES - pieces(head) - pieces(foot)
    page = with_remark(rng, page)
    if rng.random() < _CLEAN:
        middle = page.around(rng.randrange(len(page.blocks)), room)
        return Example(head + middle.text() + foot, NO_ATTACK, f"made/indirect:clean-{page.kind}")
    place = rng.choice((0, len(page.blocks), *[rng.randint(0, len(page.blocks))] * 3))
    hidden = page.with_block(planted_order(rng, page.kind), place).around(place, room)
    return Example(head + hidden.text() + foot, PLANTED, f"made/indirect:{page.kind}")


def _frame(rng: Random) -> tuple[str, str]:
    """Return what the user's own prompt puts before and after the document, often nothing."""
    chance = rng.random()
    if chance < 0.45:
        return "", ""
    head = request(rng) if rng.random() < 0.6 else role(rng)
    if chance < 0.75:
        opening, closing = rng.choice(_MARKS)
        return f"{head}\n{opening}\n", f"\n{closing}" if closing else ""
    foot = request(rng)
    opening, closing = rng.choice(_MARKS)
    head = f"{head}\n" if rng.random() < 0.5 else ""
    return f"{head}{opening}\n", f"\n{closing}\n{foot}".replace("\n\n", "\n")


_DISGUISES: Final = (base64_of, backwards, leet, spaced)
_MARKS: Final = (
    ("Context:", ""),
    ("---", "---"),
    ('"""', '"""'),
    ("<document>", "</document>"),
    ("Text:", ""),
    ("[BEGIN TEXT]", "[END TEXT]"),
    ("E-mail:", ""),
    ("", ""),
    ("<context>", "</context>"),
    ("Page content:", ""),
)
