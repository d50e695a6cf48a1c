"""Texts as chat brings them: most are short, a few are long. Lengths are log-normal, the same ones in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from tests.bench.encoder import prose

SEED = 61
MEDIAN, SIGMA = 60, 1.1
SHORTEST, LONGEST = 4, 512
"""Tokens of a text, the two special ones included."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and how many tokens it has."""

    text: str
    tokens: int


def texts(seed: int = SEED) -> Iterator[Text]:
    """Give texts without end, no two of them alike."""
    pick = random.Random(seed)
    while True:
        tokens = min(max(round(pick.lognormvariate(log(MEDIAN), SIGMA)), SHORTEST), LONGEST)
        yield Text(prose(pick, tokens), tokens)
