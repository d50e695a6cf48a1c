"""What happens to a row before it is shown: another case, and noise as people and evaders make it."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from detectors.training.example import Example

Noise = Callable[[Random, str], str]

UPPER: Final = 0.02
"""Share of rows shown in capitals."""


def in_another_case(rng: Random, example: Example, lower: float) -> Example:
    """Return the example in small letters (share `lower`), in capitals, or as it is. Offsets of spans stay right."""
    chance = rng.random()
    if chance >= lower + UPPER:
        return example
    text = example.text.lower() if chance < lower else example.text.upper()
    return replace(example, text=text) if len(text) == len(example.text) else example


def with_noise(rng: Random, example: Example, noise: Noise, share: float) -> Example:
    """Return the example with noise in a `share` of cases.

    Harmful and harmless rows get it alike, so it says nothing about a label. Rows with spans stay as they are.
    """
    if example.annotated or rng.random() >= share:
        return example
    return replace(example, text=noise(rng, example.text) or example.text)
