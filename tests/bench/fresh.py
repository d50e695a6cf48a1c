"""Prompts that nobody has seen before: a number picks the nouns of a sentence, so that no server can remember one.

`wrk.lua` picks in the same way with what it is told here: a turn's n-th request says the same to every server.
"""

from typing import Final

MARK: Final = "@@"
PATTERN: Final = f"Write a line about the {MARK}, the {MARK}, the {MARK}, the {MARK} and the {MARK}."
NOUNS: Final = (
    "river", "stone", "bread", "garden", "window", "table", "chair", "lamp",
    "clock", "door", "roof", "wall", "bridge", "road", "train", "boat",
    "wheel", "engine", "paper", "pencil", "book", "letter", "map", "coin",
    "glass", "bottle", "spoon", "plate", "basket", "rope", "ladder", "hammer",
    "brush", "shirt", "coat", "hat", "shoe", "button", "flower", "tree",
    "leaf", "seed", "apple", "lemon", "rice", "salt", "sugar", "butter",
    "cheese", "soup", "cake", "horse", "bird", "fish", "cloud", "rain",
    "wind", "hill", "lake", "island", "beach", "field", "forest", "village",
)  # fmt: skip

STRIDE: Final = 6_636_089
"""Numbers are multiplied by it, modulo the number of sentences: it is odd, so all stay different, and the next sentence
shares little with the last. A product stays below 2**53, since Lua counts in doubles."""

STRETCH: Final = 2**20
"""How far apart the turns of a race begin: more than what is answered in one of them, so that no two share a text."""


def text(number: int) -> str:
    """Give the sentence with this number; the numbers below 2**30 give as many sentences."""
    said, *tails = PATTERN.split(MARK)
    rest = number * STRIDE % len(NOUNS) ** len(tails)
    for tail in tails:
        rest, place = divmod(rest, len(NOUNS))
        said += NOUNS[place] + tail
    return said
