"""All that we make about toxicity and bias, and how many examples of each a round of training does well with."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.bias import decisions, stereotypes
from detectors.training.made.toxicity import (
    comments,
    counter_speech,
    criticism,
    dehumanisation,
    derogation,
    identity,
    implicit,
    insults,
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
    ("made-derogation", derogation.examples, 1400),
    ("made-dehumanisation", dehumanisation.examples, 900),
    ("made-implicit", implicit.examples, 1200),
    ("made-threats", threats.examples, 1200),
    ("made-negation", negation.examples, 1600),
    ("made-counter-speech", counter_speech.examples, 1600),
    ("made-slur-use", slur_use.examples, 1400),
    ("made-profanity", profanity.examples, 1200),
    ("made-reference", reference.examples, 1200),
    ("made-questions", questions.examples, 1200),
    ("made-identity", identity.examples, 1200),
    ("made-criticism", criticism.examples, 700),
    ("made-sarcasm", sarcasm.examples, 500),
    ("made-insults", insults.examples, 1400),
    ("made-personal-threats", personal_threats.examples, 900),
    ("made-comments", comments.examples, 1200),
    ("made-sexual", sexual.examples, 700),
    ("made-stereotypes", stereotypes.examples, 4000),
    ("made-decisions", decisions.examples, 1000),
)
"""Name, maker, examples a round."""
