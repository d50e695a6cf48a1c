"""Harmless sentences that share their words with attacks: ignore, bypass, override, system, prompt, forget ..."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import NO_ATTACK, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "chat", "hard_negatives", "triggers")
_TABLES: Final = ("scene", "trigger_scene", "trigger_scene")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` harmless texts; `data` is not needed."""
    del data
    return distinct(_harmless, rng, count)


def remark(rng: Random) -> str:
    """Return a statement with words that attacks are made of, as documents hold them."""
    return _GRAMMAR.one(rng, rng.choice(("plain", "plain", "telling")))


def _harmless(rng: Random) -> Example:
    return Example(rough(rng, _GRAMMAR.one(rng, rng.choice(_TABLES))), NO_ATTACK, "made/hard_negatives")
