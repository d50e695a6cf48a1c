"""What the own-made prompts say about themselves, and a stream of distinct ones."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Final

from detectors.encoder.format import LABELS
from detectors.training.example import Example

HARMLESS: Final[Mapping[str, float]] = dict.fromkeys(LABELS, 0.0)
"""An ordinary text without people being spoken ill of: every label is known, and is 0."""

NO_ATTACK: Final[Mapping[str, float]] = {"injection": 0.0, "jailbreak": 0.0, "indirect": 0.0, "toxic": 0.0}
"""Worded like an attack, and none."""

DIRECT: Final[Mapping[str, float]] = {"injection": 1.0, "indirect": 0.0, "toxic": 0.0}
"""The writer of the prompt turns the model against its instructions. Whether it is a jailbreak too is left open."""

JAILBREAK: Final[Mapping[str, float]] = {"injection": 1.0, "jailbreak": 1.0, "indirect": 0.0}
"""The writer of the prompt talks the model out of its rules; what is asked for may be toxic."""

PLANTED: Final[Mapping[str, float]] = {"injection": 1.0, "indirect": 1.0, "toxic": 0.0}
"""Somebody else's text that the model is to work on gives the model orders."""

_TRIES: Final = 50


def distinct(make: Callable[[Random], Example], rng: Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, each text once as long as `make` finds new ones within 50 tries."""
    seen: set[str] = set()
    for _ in range(count):
        example = make(rng)
        for _ in range(_TRIES):
            if example.text not in seen:
                break
            example = make(rng)
        seen.add(example.text)
        yield example


def rough(rng: Random, text: str) -> str:
    """Return the text as people also type it: one in six all lower case, few all upper case, some without the stop."""
    chance = rng.random()
    if chance < 0.16:
        text = text.lower()
    elif chance < 0.18:
        text = text.upper()
    return text.rstrip(".") if rng.random() < 0.15 else text
