"""Own-made texts turn on meaning: who counts words, and has seen half of the patterns, fails on the other half."""

import importlib
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import pytest

from detectors.training.made.family import Family, drawn
from detectors.training.made.harms import HARMS
from detectors.training.made.words.slots import SHARED

COUNT = 800
MODULES = [importlib.import_module(make.__module__) for _, make, _ in HARMS]
TWO_SIDED = [module for module in MODULES if hasattr(module, "HURTFUL")]

Bag = tuple[set[str], bool]

modules = pytest.mark.parametrize("module", TWO_SIDED, ids=lambda module: module.__name__.rpartition(".")[2])


@modules
def test_counting_words_does_not_tell_the_sides_apart_in_unseen_patterns(module: ModuleType) -> None:
    weights = word_weights(bags(module, start=0))
    unseen = bags(module, start=1)
    right = sum((sum(weights.get(word, 0.0) for word in words) > 0) == hurts for words, hurts in unseen)
    assert right / len(unseen) < 0.92


@modules
def test_most_words_occur_on_both_sides(module: ModuleType) -> None:
    sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for words, hurts in bags(module, start=0) + bags(module, start=1):
        sides[hurts].update(words)
    both = 2 * (sides[0] & sides[1]).total()
    assert both / (sides[0].total() + sides[1].total()) > 0.45


def bags(module: ModuleType, *, start: int) -> list[Bag]:
    """Words of texts from every other pattern, from both sides."""
    slots = getattr(module, "SLOTS", SHARED)
    rng = random.Random(start)
    return [
        (set(re.findall(r"[a-z']+", example.text.lower())), hurts)
        for hurts, side in ((True, module.HURTFUL), (False, module.HARMLESS))
        for example in drawn(rng, COUNT, "half", slots, every_other(side, start))
    ]


def every_other(side: Sequence[Family], start: int) -> list[Family]:
    return [replace(family, patterns=family.patterns[start::2]) for family in side]


def word_weights(seen: list[Bag]) -> dict[str, float]:
    """Log odds of each word: naive Bayes."""
    sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for words, hurts in seen:
        sides[hurts].update(words)
    return {word: math.log((sides[1][word] + 1) / (sides[0][word] + 1)) for word in sides[0] | sides[1]}
