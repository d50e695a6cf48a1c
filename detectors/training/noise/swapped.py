"""Neighbouring letters that change places: "haet"."""

import random

from detectors.training.noise.words import some_words


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with two inner letters of some words swapped."""

    def swap(word: str) -> str:
        at = rng.randrange(1, len(word) - 1) if len(word) > 3 else rng.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return some_words(rng, text, swap)
