"""Stereotypes, unkind and kind, said outright or told in a little story, beside their opposites and unrelated remarks.

The opposite of a stereotype is told in the same words about somebody else, so that only who and what together decide.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from detectors.training.example import Example
from detectors.training.made.bias.frames import (
    DENIALS,
    GENERAL_DEEDS,
    GENERAL_TRAITS,
    NEUTRAL,
    STORY_ADJECTIVES,
    STORY_DEEDS,
    STORY_TRAITS,
)
from detectors.training.made.family import CLEAN, Family, drawn_from, example_of, without
from detectors.training.made.patterns import Slots
from detectors.training.made.words import everyday
from detectors.training.made.words.given_names import NAMES
from detectors.training.made.words.nation_beliefs import NATIONS, TRADES
from detectors.training.made.words.stereotypes import GROUPS, Belief

BELIEFS: Final = (GROUPS, GROUPS, NATIONS, TRADES)

_OPEN: Final = without(CLEAN, "toxic", "hate", "insult", "bias", "sexism")
"""A stereotype may be kind or not: what else it is stays open."""
SAID: Final = _OPEN | {"stereotype": 1.0, "bias": 1.0}
TOLD: Final = _OPEN | {"stereotype": 1.0}
OPPOSITE: Final = without(CLEAN, "toxic", "insult", "bias", "sexism")


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them stereotypes."""
    return drawn_from(count, lambda: _one(rng, rng.choice(rng.choice(BELIEFS))))


def _one(rng: random.Random, belief: Belief) -> Example:
    return _stereotype(rng, belief) if rng.random() < 0.5 else _harmless(rng, belief)


def _stereotype(rng: random.Random, belief: Belief) -> Example:
    if rng.random() < 0.45:
        family = Family("said", SAID if belief.target.axes else TOLD, (*GENERAL_TRAITS, *GENERAL_DEEDS))
        return made(rng, family, belief, belief.traits, belief.deeds, belief.target.axes)
    return _story(rng, "told", TOLD, belief, belief, belief.target.axes)


def _harmless(rng: random.Random, belief: Belief) -> Example:
    chance = rng.random()
    if chance < 0.3:
        return made(rng, Family("opposite", OPPOSITE, STORY_TRAITS), belief, belief.opposites, ())
    if chance < 0.5:
        return _story(rng, "swapped", OPPOSITE, belief, _stranger(rng, belief), ())
    if chance < 0.65:
        return made(rng, Family("denied", CLEAN, DENIALS), belief, belief.traits, belief.deeds)
    return made(rng, Family("neutral", CLEAN, NEUTRAL), belief, (), ())


def _stranger(rng: random.Random, belief: Belief) -> Belief:
    """Return another belief that shares neither a trait nor a deed nor an axis, a trade having an axis of its own."""
    while True:
        other = rng.choice(rng.choice(BELIEFS))
        strange = not set(other.target.axes or ("-",)) & set(belief.target.axes or ("-",))
        if strange and not set(other.traits) & set(belief.traits):
            return other


def _story(
    rng: random.Random, name: str, labels: Mapping[str, float], who: Belief, what: Belief, axes: Sequence[str]
) -> Example:
    short = [trait for trait in what.traits if " " not in trait]
    if short and rng.random() < 0.15:
        return made(rng, Family(name, labels, STORY_ADJECTIVES), who, short, (), axes)
    return made(rng, Family(name, labels, (*STORY_TRAITS, *STORY_DEEDS)), who, what.traits, what.deeds, axes)


def made(
    rng: random.Random,
    family: Family,
    who: Belief,
    traits: Sequence[str],
    deeds: Sequence[str],
    axes: Sequence[str] = (),
) -> Example:
    """Return an example of `family` about `who`, with `traits` and `deeds` in its slots and `axes` among its labels."""
    slots: Slots = {**everyday.SLOTS, **who.target.slots(), **_words_for(who.pronoun), "trait": traits, "deed": deeds}
    example = example_of(rng, family, "stereotypes", slots)
    return Example(example.text, {**example.labels, **dict.fromkeys(axes, 1.0)}, example.source)


def _words_for(pronoun: str) -> Slots:
    many = pronoun == "they"
    return {
        "name": NAMES[pronoun],
        "he": (pronoun,),
        "is": ("are" if many else "is",),
        "was": ("were" if many else "was",),
    }
