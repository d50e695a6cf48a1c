"""Digits and signs for letters: "h4te"."""

import random
from typing import Final

from detectors.training.noise.words import some_words

SIGNS: Final = {
    "a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!", "l": "1", "o": "0", "s": "5$", "t": "7", "z": "2",
}  # fmt: skip


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with some words, sometimes all, in leet; a letter has the same sign throughout."""
    signs = {letter: rng.choice(choices) for letter, choices in SIGNS.items() if rng.random() < 0.8}

    def leet(word: str) -> str:
        return "".join(signs.get(letter.lower(), letter) for letter in word)

    return some_words(rng, text, leet)
