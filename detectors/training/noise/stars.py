"""Asterisks and the like for letters: "h*te", "f**k"."""

import random
from typing import Final

from detectors.training.noise.words import some_words

MARKS: Final = ("*", "*", "*", "#", "-", "_", "@", ".")


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with one letter, or all inner letters but one, of some words masked; the first letter stays."""
    mark = rng.choice(MARKS)

    def masked(word: str) -> str:
        at = rng.randrange(1, len(word))
        end = at + 1 if len(word) > 5 or rng.random() < 0.6 else max(at + 1, len(word) - 1)
        return word[:at] + mark * (end - at) + word[end:]

    return some_words(rng, text, masked, most=2)
