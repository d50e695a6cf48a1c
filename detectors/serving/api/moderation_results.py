"""What models make of one input of a moderation, in OpenAI's categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from detectors.moderation_categories import CATEGORIES, category_of, covered, scores
from detectors.serving.api.call import Read
from detectors.serving.api.labels import counting, is_known, judged, scores_of

TEXT: Final = "text"
IMAGE: Final = "image"

PPM: Final = 1_000_000


@dataclass(slots=True)
class Looked:
    """One input. `read` has what models said of its parts, by their kind; `unread` is why some were not read."""

    read: dict[str, Read] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def categories(self) -> frozenset[str]:
        """The categories that somebody looked for."""
        return frozenset().union(*(covered(read.model.labels) for read in self.read.values()))

    def add(self, kind: str, read: Read) -> None:
        """Note what a model said of all parts of a kind."""
        self.read[kind] = read
        self.unread += [answer.unread for answer in read.answers if answer.unread]

    def counts(self) -> dict[str, float]:
        """Give the labels that count, with their best scores."""
        return _best(_counting(kind, read) for kind, read in self.read.items())

    def scores(self) -> dict[str, float]:
        """Give the best scores of all labels."""
        return _best(scores_of(answer) for read in self.read.values() for answer in read.answers)

    def kinds_for(self, category: str) -> list[str]:
        """Say in what kinds of parts a category was looked for; in none if parts were not read."""
        if self.unread:
            return []
        return [kind for kind, read in self.read.items() if category in covered(read.model.labels)]


def result_of(looked: Looked) -> dict[str, Any]:
    """Write a result. What stands for no category flags an input, too, if it is a model's own judgement."""
    counts = looked.counts()
    found, scored = _categories(counts), _categories(looked.scores())
    applied = {name: looked.kinds_for(name) for name in CATEGORIES}
    of_its_own = any(label.islower() and not (category_of(label) or is_known(label)) for label in counts)
    return {
        "flagged": bool(found or looked.unread) or of_its_own,
        "categories": {name: name in found if kinds else None for name, kinds in applied.items()},
        "category_scores": {name: scored.get(name, 0.0) if kinds else None for name, kinds in applied.items()},
        "category_applied_input_types": applied,
    }


def _counting(kind: str, read: Read) -> dict[str, float]:
    if kind == IMAGE:  # judged as a whole; in a text, what is found in a long stretch is looked for again more closely
        return _best(judged(read.model, answer) for answer in read.answers)
    return _best({found.label: found.score} for answer in read.answers for found in counting(read.model, answer))


def _best(some: Iterable[Mapping[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for one in some:
        best |= {label: max(score, best.get(label, 0.0)) for label, score in one.items()}
    return best


def _categories(labels: Mapping[str, float]) -> dict[str, float]:
    in_ppm = scores({label: round(score * PPM) for label, score in labels.items()})
    return {name: score / PPM for name, score in in_ppm.items()}
