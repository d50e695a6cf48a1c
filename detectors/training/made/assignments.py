"""Long ordinary prompts: tasks in several parts with terms for the output, and second turns about the answer before."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import HARMLESS, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "chat", "assignments")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` prompts with nothing wrong about them; `data` is not needed."""
    del data
    return distinct(_assignment, rng, count)


def _assignment(rng: Random) -> Example:
    return Example(rough(rng, _GRAMMAR.one(rng, "assignment")), HARMLESS, "made/assignments")
