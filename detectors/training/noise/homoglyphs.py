"""Letters of other scripts and styles that look like Latin ones."""

# ruff: noqa: RUF001 - look-alikes are what this file is about

import random
from typing import Final

from detectors.training.noise.words import some_words

LOOKALIKES: Final = {
    "a": "аàáâä", "c": "сç", "e": "еèéêë", "i": "іìíï", "o": "оòóöο", "p": "р",
    "s": "ѕ", "x": "х", "y": "уý", "u": "üúυ", "n": "ñ",
    "A": "АÀÁ", "B": "В", "C": "С", "E": "ЕÉ", "H": "Н", "K": "К",
    "M": "М", "O": "ОÖ", "P": "Р", "T": "Т", "X": "Х", "S": "Ѕ", "N": "Ν",
}  # fmt: skip
_FULL_WIDTH: Final = 0xFEE0


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with look-alikes in some words, or now and then with words in full-width letters."""
    odds = rng.choice((0.3, 0.6, 1.0))

    def alike(word: str) -> str:
        return "".join(rng.choice(LOOKALIKES.get(c, c)) if rng.random() < odds else c for c in word)

    def wide(word: str) -> str:
        return "".join(chr(ord(c) + _FULL_WIDTH) if c.isascii() else c for c in word)

    return some_words(rng, text, wide if rng.random() < 0.1 else alike, most=4)
