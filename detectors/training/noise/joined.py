"""Blanks that are left out: "Ihate this", "#ihatethis"."""

import random
import re

_GAP = re.compile(r"(?<=\w) (?=\w)")


def apply(rng: random.Random, text: str) -> str:
    """Return `text` without some of the blanks between words, without all of them if it is short."""
    everything = len(text) < 60 and rng.random() < 0.25
    odds = 1.0 if everything else rng.choice((0.1, 0.3, 0.6))
    joined = _GAP.sub(lambda _: "" if rng.random() < odds else " ", text)
    return f"#{joined}" if everything and rng.random() < 0.3 else joined
