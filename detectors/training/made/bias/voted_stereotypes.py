"""Stereotypes of nations as people voted on them in SeeGULL (CC BY 4.0), read from the folder of data.

What most voters knew as a stereotype is told as one; what none of them knew is told in the same frames as not one.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from detectors.training.example import Example
from detectors.training.made.bias.frames import GENERAL_TRAITS, STORY_TRAITS
from detectors.training.made.bias.stereotypes import OPPOSITE, SAID, TOLD, made
from detectors.training.made.family import Family, drawn_from
from detectors.training.made.target import Target
from detectors.training.made.words.stereotypes import Belief

FILE: Final = "resources/seegull_pairs.jsonl"

_ADJECTIVE: Final = re.compile(
    r".{2,}(ful|ous|ive|ic|less|able|ible|ant|ent|ish|ly|al|ed|ing|ate)|.*[^e]y"
    r"|rude|smart|lazy|poor|rich|cold|warm|loud|kind|brave|proud|thin|fat|tall|short|dumb|clever|cruel|calm|strict|blunt"
)
_NO_ADJECTIVE: Final = re.compile(
    r".*(ist|er|or|man|people|family|army|country|city|body|party|baby)|(took|anti|pro)\b.*"
)


@dataclass(slots=True)
class Votes:
    """Adjectives for one identity: those most voters knew as a stereotype, and those that none did."""

    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def examples(rng: random.Random, count: int, data: Path) -> Iterator[Example]:
    """Yield `count` examples, half of them stereotypes; raises `OSError` where `data` lacks the file."""
    voted = sorted((name, votes) for name, votes in read(data / FILE).items() if votes.known and votes.unknown)
    return drawn_from(count, lambda: _one(rng, *rng.choice(voted)))


@cache
def read(file: Path) -> dict[str, Votes]:
    """Return the votes by identity, for attributes that look like adjectives."""
    found = defaultdict[str, Votes](Votes)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        known, unknown, _ = row["votes_stereo_non_unsure"]
        word = row["attribute"].strip()
        if (
            row["identity"].endswith(("ese", "an", "sh", "i", "ss"))
            and _ADJECTIVE.fullmatch(word)
            and not _NO_ADJECTIVE.fullmatch(word)
        ):
            votes = found[row["identity"]]
            if known > unknown:
                votes.known.append(word)
            elif known == 0:
                votes.unknown.append(word)
    return dict(found)


def _one(rng: random.Random, identity: str, votes: Votes) -> Example:
    sex, pronoun = rng.choice((("man", "he"), ("woman", "she"), ("student", "they"), ("person", "they")))
    people = Target(f"{identity} people", f"{identity} {sex}", f"{identity} people", ("nationality",))
    belief = Belief(people, pronoun, tuple(votes.known), (), tuple(votes.unknown))
    chance = rng.random()
    if chance < 0.25:
        return made(rng, Family("voted-said", SAID, GENERAL_TRAITS), belief, belief.traits, (), people.axes)
    if chance < 0.5:
        return made(rng, Family("voted-told", TOLD, STORY_TRAITS), belief, belief.traits, (), people.axes)
    return made(rng, Family("voted-unknown", OPPOSITE, STORY_TRAITS), belief, belief.opposites, ())
