"""Harmless prompts worded like attacks: roles, fiction, security and teaching, paperwork, prompts about prompts."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import NO_ATTACK, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "chat", "role_play")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` prompts that no guard should stop; `data` is not needed."""
    del data
    return distinct(_look_alike, rng, count)


def _look_alike(rng: Random) -> Example:
    said = _GRAMMAR.one(rng, "look_alike")
    if rng.random() < 0.12:
        said = rng.choice((" ", "\n", "\n\n")).join((said, _GRAMMAR.one(rng, "detail"), _GRAMMAR.one(rng, "chat")))
    return Example(rough(rng, said), NO_ATTACK, "made/role_play")
