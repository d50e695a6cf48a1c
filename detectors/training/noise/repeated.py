"""Letters drawn out: "sooo", "haaate"."""

import random

from detectors.training.noise.words import some_words


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with a letter of some words repeated once or many times."""

    def stretch(word: str) -> str:
        at = rng.randrange(len(word))
        return word[:at] + word[at] * rng.choice((2, 2, 3, 4, 6)) + word[at + 1 :]

    return some_words(rng, text, stretch)
