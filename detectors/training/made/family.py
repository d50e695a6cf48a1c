"""Families of patterns that share their labels, and the drawing of distinct examples from two opposite sides."""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detectors.encoder.format import AXES, INJECTION
from detectors.training.example import Example
from detectors.training.made.patterns import Slots, expand
from detectors.training.made.register import registered
from detectors.training.made.target import Target
from detectors.training.made.words.swearing import is_obscene

_NO_ATTACK: Final = dict.fromkeys(INJECTION, 0.0)
_NO_GROUP: Final = {"bias": 0.0, "sexism": 0.0, **dict.fromkeys(AXES, 0.0)}


def without(labels: Mapping[str, float], *names: str) -> dict[str, float]:
    """Return `labels` with `names` left open."""
    return {name: value for name, value in labels.items() if name not in names}


CLEAN: Final[dict[str, float]] = {
    **dict.fromkeys(("toxic", "hate", "insult", "threat", "sexual", "stereotype"), 0.0), **_NO_GROUP, **_NO_ATTACK,
}  # fmt: skip
"""Nothing is wrong with it."""
CIVIL: Final = without(CLEAN, "toxic", "insult")
"""No hate and no judgement of a group; how rude it is stays open."""
ABUSIVE: Final[dict[str, float]] = CLEAN | {"toxic": 1.0, "insult": 1.0}
"""An insult that has nothing to do with a protected group."""
HATEFUL: Final[dict[str, float]] = {
    "toxic": 1.0,
    "hate": 1.0,
    "bias": 1.0,
    "threat": 0.0,
    "sexual": 0.0,
    **_NO_ATTACK,
}
"""Hate against the family's target: its axes are added, and whether it is a stereotype or an insult stays open."""
HATEFUL_INSULT: Final[dict[str, float]] = HATEFUL | {"insult": 1.0}
HATEFUL_THREAT: Final[dict[str, float]] = HATEFUL | {"threat": 1.0}

_KIN: Final = ("race", "religion", "nationality")
_TRIES: Final = 60


@dataclass(frozen=True, slots=True)
class Family:
    """Patterns whose sentences all carry `labels`, each about a target of one of the tables `about`, if there are any.

    Where `labels` say `bias`, the target's axes become 1 and the rest 0, but race, religion and nationality leave each
    other open. A target of two minds (age, looks, income, men) takes `hate` out, since sets differ on it.
    """

    name: str
    labels: Mapping[str, float]
    patterns: tuple[str, ...]
    about: Sequence[Sequence[Target]] = ()
    obscene: bool = True
    whole: bool = False
    """Whether the text is complete and gets no neighbours."""


def drawn(rng: random.Random, count: int, source: str, slots: Slots, *sides: Sequence[Family]) -> Iterator[Example]:
    """Yield up to `count` examples, no text twice, each from either of `sides`; fewer where texts run out."""
    return drawn_from(count, lambda: example_of(rng, rng.choice(rng.choice(sides)), source, slots))


def drawn_from(count: int, one: Callable[[], Example]) -> Iterator[Example]:
    """Yield up to `count` examples that `one` makes, no text twice; fewer where new texts have become hard to find."""
    seen: set[str] = set()
    for _ in range(count):
        for _ in range(_TRIES):
            example = one()
            if example.text not in seen:
                seen.add(example.text)
                yield example
                break


def example_of(rng: random.Random, family: Family, source: str, slots: Slots) -> Example:
    """Return one example of `family`: a pattern, expanded and put into some register."""
    target = rng.choice(_table(rng, family.about)) if family.about else None
    bound = {**slots, **target.slots()} if target else slots
    text = registered(rng, expand(rng, rng.choice(family.patterns), bound), alone=family.whole)
    labels = dict(family.labels) | (_against(target) if target and family.labels.get("bias") else {})
    if target and family.labels.get("hate") and not target.hated:
        del labels["hate"]
    if family.obscene:
        labels["obscene"] = float(is_obscene(text))
    return Example(text, labels, f"made/{source}/{family.name}")


def _table(rng: random.Random, about: Sequence[Sequence[Target]]) -> Sequence[Target]:
    """Return a table, long ones more often, but not so much that three dozen nations drown the rest."""
    return rng.choices(about, [math.sqrt(len(table)) for table in about])[0]


def _against(target: Target) -> dict[str, float]:
    others = {name: 0.0 for name in AXES if not (name in _KIN and set(target.axes) & set(_KIN))}
    return others | dict.fromkeys(target.axes, 1.0)
