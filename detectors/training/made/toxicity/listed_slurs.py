"""More slurs than our own table holds, read from the list in the folder of data, in the patterns of `slur_use`."""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import HATEFUL, HATEFUL_INSULT, Family, drawn
from detectors.training.made.target import Target
from detectors.training.made.toxicity import slur_use

FILE: Final = "resources/profanity_en.jsonl"
AXES: Final = {"racial / ethnic slurs": "race", "mental disability": "disability"}
"""Categories of the list that say which axis a word is a slur on."""


def examples(rng: random.Random, count: int, data: Path) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful; raises `OSError` where `data` lacks the file."""
    slurs = (read(data / FILE),)
    hurtful = (
        Family("at-somebody", HATEFUL_INSULT, slur_use.AT_SOMEBODY, slurs, obscene=False),
        Family("at-all", HATEFUL, slur_use.AT_ALL, slurs, obscene=False),
    )
    harmless = (Family("reported", slur_use.REPORTED_LABELS, slur_use.REPORTED, slurs, obscene=False),)
    return drawn(rng, count, "listed-slurs", slur_use.SLOTS, hurtful, harmless)


@cache
def read(file: Path) -> tuple[Target, ...]:
    """Return the list's slurs that are one plain word, with a plural by rule."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Target(_plural(row["text"]), row["text"], _plural(row["text"]), (AXES[category],))
        for row in rows
        for category in row["categories"]
        if category in AXES and row["severity"] >= 1.5 and _is_noun(row["text"])
    )


def _is_noun(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and not word.endswith(("s", "ing", "ed", "ish"))


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeo" else f"{word}s"
