"""Jailbreaks: personas without limits, modes, tales, games, excuses, forced openings, strings of junk."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.attacks import tidy
from detectors.training.made.disguises import READABLE
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import JAILBREAK, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "pleas", "jailbreaks")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` jailbreaks; `data` is not needed."""
    del data
    return distinct(_jailbreak, rng, count)


def _jailbreak(rng: Random) -> Example:
    text = tidy(_GRAMMAR.one(rng, "jailbreak"))
    if rng.random() < 0.05:
        text = f"{tidy(_GRAMMAR.one(rng, 'ask_line'))} {junk(rng)}"
    if rng.random() < 0.04:
        text = rng.choice(READABLE)(rng, text[:300])
    return Example(rough(rng, text), JAILBREAK, "made/jailbreaks")


def junk(rng: Random) -> str:
    """Return 6 to 20 signs and scraps of words, as a search for a suffix that unlocks a model ends up with."""
    scraps = (rng.choice(_SCRAPS) + rng.choice(("", "", " ", "ly ", "(")) for _ in range(rng.randint(6, 20)))
    return "".join(scraps).strip()


_SCRAPS: Final = (
    *("}", "]", ");", "==", "\\", "<<", "++", "%", "::", "--", "](", "*_", "&", "~", "!!", "|", "{", "$"),
    *("word", "Sure", "into", "sheet", "Here", "again", "revers", "inter", "oppo", "please", "table", "two", "ized"),
    *("Post", "NOW", "list", "vier", "print", "step", "amb", "Tut", "INST", "manual", "sent", "ences", "Jan"),
)
