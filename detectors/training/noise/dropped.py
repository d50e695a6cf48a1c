"""Letters that are left out, any or the vowels: "ht", "haters" as "htrs"."""

import random
import re

from detectors.training.noise.words import some_words

_INNER_VOWEL = re.compile(r"(?<=\w)[aeiouAEIOU](?=\w)")


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with a letter of some words missing, now and then with all their inner vowels missing."""

    def letter(word: str) -> str:
        at = rng.randrange(1, len(word))
        return word[:at] + word[at + 1 :]

    def vowels(word: str) -> str:
        return _INNER_VOWEL.sub("", word)

    return some_words(rng, text, rng.choice((letter, letter, letter, vowels)))
