"""Invisible characters inside words."""

import random
from typing import Final

from detectors.training.noise.words import some_words

INVISIBLE: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with an invisible character in some words."""
    mark = rng.choice(INVISIBLE)

    def broken(word: str) -> str:
        at = rng.randrange(1, len(word))
        return word[:at] + mark + word[at:]

    return some_words(rng, text, broken, most=4)
