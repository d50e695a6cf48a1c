"""Letters set apart: "h a t e", "h.a.t.e", or a blank inside a word."""

import random

from detectors.training.noise.words import some_words


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with some words spelt out letter by letter, or cut in two by a blank."""
    mark = rng.choice((" ", " ", " ", "-", ".", "_"))

    def spelt(word: str) -> str:
        return mark.join(word)

    def cut(word: str) -> str:
        at = rng.randrange(1, len(word))
        return f"{word[:at]} {word[at:]}"

    return some_words(rng, text, rng.choice((spelt, cut, cut)))
