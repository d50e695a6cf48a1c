"""What the labels of models are called elsewhere, and which findings count."""

from collections.abc import Iterator, Mapping
from typing import Final

from detectors.encoder.format import BIAS, INJECTION, TOXICITY
from detectors.serving.ports import Answer, Described, Found

PERSONAL: Final = "pii"

_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(TOXICITY, "toxicity"),
    **dict.fromkeys(BIAS, "bias"),
    **dict.fromkeys(INJECTION, "prompt_injection"),
}

_NEVER: Final = 2.0
"""Above any score: a label that has no threshold does not count by itself."""


def is_known(label: str) -> bool:
    """Whether it is one of the encoder's judgements, each of which stands for a kind of risk."""
    return label in _KINDS


def kind_of(label: str, model: Described) -> str:
    """Give the kind of risk that a label stands for; the model's name for one that is known to it only."""
    return _KINDS.get(label) or (PERSONAL if label.isupper() else model.name)


def counting(model: Described, answer: Answer, least: float | None = None) -> Iterator[Found]:
    """Give the findings that reach their thresholds, or `least` if that is stated."""
    for span in answer.spans:
        if span.score >= (model.thresholds.get(span.label, _NEVER) if least is None else least):
            yield span


def judged(model: Described, answer: Answer) -> dict[str, float]:
    """Give the labels whose score of the whole reaches their thresholds."""
    return {label: score for label, score in answer.scores.items() if score >= model.thresholds.get(label, _NEVER)}


def scores_of(answer: Answer) -> dict[str, float]:
    """Give the best score of each label in a text: of the whole text, or of any stretch."""
    scores = dict(answer.scores)
    for span in answer.spans:
        scores[span.label] = max(span.score, scores.get(span.label, 0.0))
    return scores
