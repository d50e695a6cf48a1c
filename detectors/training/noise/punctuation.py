"""Stops, emoji and tags added, or stops left out."""

import random
import re
from typing import Final

ENDS: Final = (
    "!",
    "!!!",
    "...",
    "?!",
    " .",
    ",",
    " lol",
    " :/",
    " #fyi",
    " #justsaying",
    "~",
    " 😂",
    " 🤔",
    " 💀",
    " 😭",
)
_STOPS = re.compile(r"[.,;:!'\"]")


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with an ending added, without stops and commas, or with blanks doubled. A question stays one."""
    kind = rng.choice(("end", "end", "bare", "blanks", "emoji"))
    if kind == "end":
        return text + rng.choice(ENDS) if text.endswith("?") else text.rstrip(".!") + rng.choice(ENDS)
    if kind == "emoji":
        face = rng.choice("😂🙄😡💯🔥🤷👀🎉")
        return f"{face} {text}" if rng.random() < 0.4 else f"{text} {face * rng.choice((1, 2, 3))}"
    if kind == "blanks":
        return re.sub(" ", lambda _: "  " if rng.random() < 0.3 else " ", text)
    return _STOPS.sub("", text) or text
