"""What comes of texts that a replica was asked to read, as it travels between processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detectors.serving.ports import Answer, Described


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to know of a model where it does not run: `ports.Described`."""

    name: str
    version: str
    labels: frozenset[str]
    left_to_patterns: frozenset[str]
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer for each text, in their order, and the model that gave them."""

    facts: Facts
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Full:
    """Too much waits; after so many seconds there may be room."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class Late:
    """It can't be done in its time."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The model could not do it, or nobody was there to be asked. What it was stands in a log."""


Outcome = Answered | Full | Late | Failed


def facts_of(model: Described) -> Facts:
    """Give what is to be known of a model."""
    labels, left = frozenset(model.labels), frozenset(model.left_to_patterns)
    return Facts(model.name, model.version, labels, left, dict(model.thresholds))
