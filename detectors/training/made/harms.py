"""All that we make about toxicity and bias, and how many examples of each a round of training does well with."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.toxicity import counter_speech, dehumanisation, derogation, negation, threats

Examples = Callable[[Random, int], Iterator[Example]]

HARMS: Final[tuple[tuple[str, Examples, int], ...]] = (
    ("made-derogation", derogation.examples, 1400),
    ("made-dehumanisation", dehumanisation.examples, 900),
    ("made-threats", threats.examples, 1200),
    ("made-negation", negation.examples, 1600),
    ("made-counter-speech", counter_speech.examples, 1600),
)
"""Name, maker, examples a round."""
