"""Ordinary prompts: writing, coding, questions, planning, sums, support, settings of apps, several languages."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.documents import WINDOW_PIECES, document, pieces, request
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import HARMLESS, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "chat")
_SEVERAL: Final = 0.12
_WITH_A_TEXT: Final = 0.12


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` prompts with nothing wrong about them; `data` is not needed."""
    del data
    return distinct(_prompt, rng, count)


def ordinary(rng: Random) -> str:
    """Return one ordinary prompt of a line or a few."""
    return rough(rng, _GRAMMAR.one(rng, "chat"))


def _prompt(rng: Random) -> Example:
    chance = rng.random()
    if chance < _SEVERAL:
        return Example(_paragraphs(rng), HARMLESS, "made/chat:paragraphs")
    if chance < _SEVERAL + _WITH_A_TEXT:
        return Example(_with_text(rng), HARMLESS, "made/chat:with_text")
    return Example(ordinary(rng), HARMLESS, "made/chat")


def _paragraphs(rng: Random) -> str:
    tables = ("story", rng.choice(("writing", "planning", "coding", "working")), "detail", "detail", "knowing")
    chosen = [_GRAMMAR.one(rng, table) for table in tables[: rng.randint(2, 5)]]
    return rng.choice(("\n\n", "\n", "\n\n")).join(chosen)


def _with_text(rng: Random) -> str:
    """Return a request and the text that it is about, at either end."""
    wish = request(rng)
    page = document(rng).around(0, WINDOW_PIECES - pieces(wish)).text()
    between = rng.choice(("\n\n", "\n", "\n---\n", ":\n"))
    return f"{page}{between.replace(':', '')}{wish}" if rng.random() < 0.4 else f"{wish}{between}{page}"
