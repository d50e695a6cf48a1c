"""All that we make about toxicity and bias, and how many examples of each a round of training does well with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.bias import decisions, stereotypes, voted_stereotypes
from detectors.training.made.toxicity import (
    comments,
    counter_speech,
    criticism,
    dehumanisation,
    derogation,
    identity,
    implicit,
    insults,
    listed_slurs,
    negation,
    personal_threats,
    profanity,
    questions,
    reference,
    sarcasm,
    sexual,
    slur_use,
    threats,
)

Examples = Callable[[Random, int], Iterator[Example]]

HARMS: Final[tuple[tuple[str, Examples, int], ...]] = (
    ("derogation", derogation.examples, 1800),
    ("dehumanisation", dehumanisation.examples, 1400),
    ("implicit", implicit.examples, 1800),
    ("threats", threats.examples, 1600),
    ("negation", negation.examples, 2200),
    ("counter-speech", counter_speech.examples, 2200),
    ("slur-use", slur_use.examples, 2000),
    ("profanity", profanity.examples, 1600),
    ("reference", reference.examples, 1600),
    ("questions", questions.examples, 1600),
    ("identity", identity.examples, 1500),
    ("criticism", criticism.examples, 900),
    ("sarcasm", sarcasm.examples, 600),
    ("insults", insults.examples, 1800),
    ("personal-threats", personal_threats.examples, 1100),
    ("comments", comments.examples, 1500),
    ("sexual", sexual.examples, 900),
    ("stereotypes", stereotypes.examples, 5000),
    ("decisions", decisions.examples, 1200),
)
"""Name, maker, examples a round."""

WITH_DATA: Final[tuple[tuple[str, Callable[[Random, int, Path], Iterator[Example]], int], ...]] = (
    ("voted-stereotypes", voted_stereotypes.examples, 2000),
    ("listed-slurs", listed_slurs.examples, 700),
)
"""The same, of those that take words from the folder of data."""
