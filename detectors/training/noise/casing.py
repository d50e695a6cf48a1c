"""Other letter cases: all low, all high, mixed, one word shouted."""

import random

from detectors.training.noise.words import some_words


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with its letters, or those of some words, in another case."""
    kind = rng.choice(("lower", "lower", "upper", "title", "word", "word", "mixed"))
    if kind == "word":
        return some_words(rng, text, str.upper, most=2)
    if kind == "mixed":
        return "".join(c.upper() if rng.random() < 0.5 else c.lower() for c in text)
    return {"lower": text.lower, "upper": text.upper, "title": text.title}[kind]()
